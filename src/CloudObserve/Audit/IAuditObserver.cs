namespace CloudObserve.Audit;

/// <summary>What the trail tells about itself; whoever composes the host makes instruments, metrics, messages and health of it.</summary>
/// <threadsafety>Implementations are called from several threads at once and must not throw.</threadsafety>
internal interface IAuditObserver
{
    /// <summary>An event was handed in that selectors take.</summary>
    void Recorded(string? errorCode);

    /// <summary>A group of records is on the disk; the oldest was handed in so long ago.</summary>
    void Committed(int records, TimeSpan duration, TimeSpan oldestAge);

    /// <summary>Work on files failed that is tried again: nothing is lost.</summary>
    void Interrupted(string operation, Exception why);

    /// <summary>Work on files that may have failed before succeeded.</summary>
    void Succeeded(string operation);

    /// <summary>Code of the host's own that is called with news threw. Nothing else is the worse for it.</summary>
    void HandlerFailed(string handler, Exception why);

    /// <summary>How far shipping is behind, told once a minute.</summary>
    void Behind(string destination, long undelivered, TimeSpan oldestAge);

    /// <summary>Something at the start of the trail is worth an operator's look.</summary>
    void Noticed(string notice);
}
