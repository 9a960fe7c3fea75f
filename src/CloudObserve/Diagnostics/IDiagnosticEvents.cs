namespace CloudObserve.Diagnostics;

/// <summary>Receives the library's reports about itself.</summary>
/// <remarks>
/// <para>The pipeline uses neither <c>ILogger</c> nor <c>Meter</c>: a library that is itself a logging sink must not log from its own
/// core. The reports hold plain values because Diagnostics depends on no other part.</para>
/// <para>The members are the reports of delivery and of the intake, which all signals have in common. A signal reports anything else as a
/// <see cref="Notice"/>.</para>
/// </remarks>
/// <threadsafety>Implementations are called from several threads at once and must not throw.</threadsafety>
internal interface IDiagnosticEvents
{
    /// <summary>Reports that a batch was delivered.</summary>
    void BatchDelivered(in DeliveredBatch batch);

    /// <summary>Reports that an attempt failed and will be retried after a pause.</summary>
    void AttemptFailed(FailedAttempt attempt);

    /// <summary>Reports that the service refused a batch for its content. The batch is halved to find the invalid item.</summary>
    void BatchSplit(SplitBatch batch);

    /// <summary>Reports a loss of data.</summary>
    void DataLost(DataLoss loss);

    /// <summary>Reports that a call of the application broke a rule. Logged once for each subject.</summary>
    void MisuseFound(Misuse misuse);

    /// <summary>
    /// Reports that data of the application is kept in a changed form. Counted each time, and logged once per cause and subject.
    /// </summary>
    void InputChanged(InputChange change);

    /// <summary>Reports that a callback of the application threw or timed out.</summary>
    void CallbackFailed(FailedCallback callback);

    /// <summary>Reports that a request body was sent.</summary>
    void BodySent(string operation, long bytesBefore, long bytesAfter);

    /// <summary>Reports that a resource created for data could not be set up completely. Logged once for each resource.</summary>
    /// <remarks>Data is still delivered, and the operation is tried again.</remarks>
    void SetupIncomplete(string resource, string operation, string code, string message);

    /// <summary>
    /// Reports that users other than the owner can access a directory of the library, with the rights given by <paramref name="rights"/>.
    /// </summary>
    void DirectoryOpenToOthers(string directory, string rights);

    /// <summary>Reports a message of one signal.</summary>
    void Noticed(Notice notice);

    /// <summary>Reports an internal error of the library. It is never silent and never thrown into the application.</summary>
    void InternalError(string where, Exception exception);

    /// <summary>Waits until everything reported before the call has been logged; messages are logged in the background.</summary>
    Task WhenSaidAsync() => Task.CompletedTask;
}
