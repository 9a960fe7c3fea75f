namespace CloudObserve.Diagnostics;

/// <summary>
/// What the pipeline reports about itself. The pipeline knows neither <c>ILogger</c> nor <c>Meter</c>: a library that is itself a logging
/// sink must not log from its own core. Arguments are plain values because Diagnostics depends on nothing.
/// </summary>
/// <threadsafety>Implementations are called from several threads at once and must not throw.</threadsafety>
internal interface IDiagnosticEvents
{
    /// <summary>A batch arrived. <paramref name="items"/> is what it counted for in the ledger, without what the service dropped of it.</summary>
    void BatchDelivered(string signal, string operation, string destination, long items, long bytes, TimeSpan latency);

    /// <summary>An attempt failed and will be repeated after a pause, which is zero when a host's own resilience pipeline decides on it.</summary>
    void BatchRetrying(
        string signal, string operation, string destination, string errorClass, string code, string message, int attempt, TimeSpan pause);

    /// <summary>The service refused a batch for its content; it is being halved to find the item at fault.</summary>
    void BatchSplit(string signal, string operation, string destination, int items, string code, string message);

    /// <summary>Data is gone. <paramref name="detail"/> says which and what could be done.</summary>
    void DataLost(string signal, string reason, long count, string detail);

    /// <summary>A call of the application broke a rule; reported once per distinct <paramref name="subject"/>.</summary>
    void MisuseFound(string signal, string reason, string subject, string rule);

    /// <summary>Something the application handed in is kept, but not as it was given; counted each time, and reported once per cause and subject.</summary>
    void InputChanged(string signal, string cause, string subject, string change, long count);

    /// <summary>A callback of the application, which observes <paramref name="instrument"/>, threw or does not return. Its measurements of this period are missing.</summary>
    void CallbackFailed(string signal, string reason, string instrument, string problem, Exception? exception);

    /// <summary>A setting names something that the application does not have. Each is reported once.</summary>
    void SettingUnused(string signal, string setting, string problem);

    /// <summary>A request body went over the wire.</summary>
    void BodySent(string operation, long bytesBefore, long bytesAfter);

    /// <summary>A resource that was created for data lacks something it should have; data flows all the same, and it is tried again. Reported once a resource.</summary>
    void SetupIncomplete(string resource, string operation, string code, string message);

    /// <summary>A directory in which the library keeps data admits users other than its owner. <paramref name="rights"/> are theirs.</summary>
    void DirectoryOpenToOthers(string directory, string rights);

    /// <summary>Something about the audit trail that an operator must look at: what an earlier process left, or somebody changed.</summary>
    void TrailNoticed(string notice);

    /// <summary>Something of ours failed that should not have. Never silent, never thrown into the application.</summary>
    void InternalError(string where, Exception exception);

    /// <summary>Completes when everything reported before the call has been logged: messages are logged in the background.</summary>
    Task WhenSaidAsync() => Task.CompletedTask;
}
