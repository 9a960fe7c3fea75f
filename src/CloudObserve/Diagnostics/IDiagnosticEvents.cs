namespace CloudObserve.Diagnostics;

/// <summary>Receives the pipeline's reports about itself.</summary>
/// <remarks>
/// The pipeline uses neither <c>ILogger</c> nor <c>Meter</c>: a library that is itself a logging sink must not log from its own core.
/// Arguments are plain values because Diagnostics depends on no other part.
/// </remarks>
/// <threadsafety>Implementations are called from several threads at once and must not throw.</threadsafety>
internal interface IDiagnosticEvents
{
    /// <summary>Reports that a batch was delivered.</summary>
    /// <remarks><paramref name="items"/> is its weight in the ledger, without the items the service dropped.</remarks>
    void BatchDelivered(string signal, string operation, string destination, long items, long bytes, TimeSpan latency);

    /// <summary>Reports that an attempt failed and will be retried after a pause.</summary>
    /// <remarks>The pause is zero if a host's own resilience pipeline determines it.</remarks>
    void BatchRetrying(
        string signal, string operation, string destination, string errorClass, string code, string message, int attempt, TimeSpan pause);

    /// <summary>Reports that the service refused a batch for its content. The batch is halved to find the invalid item.</summary>
    void BatchSplit(string signal, string operation, string destination, int items, string code, string message);

    /// <summary>Reports a loss of data. <paramref name="detail"/> states which data, and how to prevent the loss.</summary>
    void DataLost(string signal, string reason, long count, string detail);

    /// <summary>Reports that a call of the application broke a rule. Logged once for each <paramref name="subject"/>.</summary>
    void MisuseFound(string signal, string reason, string subject, string rule);

    /// <summary>
    /// Reports that data of the application is kept in a changed form. Counted each time, and logged once per cause and subject.
    /// </summary>
    void InputChanged(string signal, string cause, string subject, string change, long count);

    /// <summary>Reports that a callback of the application, which observes <paramref name="instrument"/>, threw or timed out.</summary>
    /// <remarks>Its measurements of this period are missing.</remarks>
    void CallbackFailed(string signal, string reason, string instrument, string problem, Exception? exception);

    /// <summary>Reports that a setting names something the application does not have. Reported once for each setting.</summary>
    void SettingUnused(string signal, string setting, string problem);

    /// <summary>Reports that a request body was sent.</summary>
    void BodySent(string operation, long bytesBefore, long bytesAfter);

    /// <summary>Reports that a resource created for data could not be set up completely. Logged once for each resource.</summary>
    /// <remarks>Data is still delivered, and the operation is tried again.</remarks>
    void SetupIncomplete(string resource, string operation, string code, string message);

    /// <summary>
    /// Reports that users other than the owner can access a directory of the library, with the rights given by <paramref name="rights"/>.
    /// </summary>
    void DirectoryOpenToOthers(string directory, string rights);

    /// <summary>
    /// Reports a fact about the audit trail that an operator must check: data an earlier process left, or a change by somebody.
    /// </summary>
    void TrailNoticed(string notice);

    /// <summary>The files that earlier processes left in a directory of the embedded CloudWatch were read.</summary>
    void LocalFilesRead(string directory, long batches, long refused, long bytes, TimeSpan duration);

    /// <summary>A directory in which the embedded CloudWatch keeps data cannot be used, or has a file that is damaged.</summary>
    void LocalFilesNoticed(string directory, string problem);

    /// <summary>Reports an internal error of the library. It is never silent and never thrown into the application.</summary>
    void InternalError(string where, Exception exception);

    /// <summary>Waits until everything reported before the call has been logged; messages are logged in the background.</summary>
    Task WhenSaidAsync() => Task.CompletedTask;
}
