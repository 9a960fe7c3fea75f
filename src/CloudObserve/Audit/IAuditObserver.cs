namespace CloudObserve.Audit;

/// <summary>Receives the events of the trail.</summary>
/// <remarks>The host turns them into instruments, metrics, log messages and health.</remarks>
/// <threadsafety>Implementations are called from several threads at once and must not throw.</threadsafety>
internal interface IAuditObserver
{
    /// <summary>Called when an event that the selectors accept has been passed to the trail.</summary>
    void Recorded(string? errorCode);

    /// <summary>Called when a group of records is on disk, with the age of the oldest record.</summary>
    void Committed(int records, TimeSpan duration, TimeSpan oldestAge);

    /// <summary>Called when work on files failed and will be retried.</summary>
    /// <remarks>Nothing is lost.</remarks>
    void Interrupted(string operation, Exception exception);

    /// <summary>Called when work on files succeeded that may have failed before.</summary>
    void Succeeded(string operation);

    /// <summary>Called when a callback of the application threw.</summary>
    /// <remarks>Nothing else is affected.</remarks>
    void HandlerFailed(string handler, Exception exception);

    /// <summary>Called once a minute with the delay of shipping.</summary>
    void Behind(string destination, long undelivered, TimeSpan oldestAge);

    /// <summary>Called when the start of the trail found something that an operator should check.</summary>
    void Noticed(string notice);
}
