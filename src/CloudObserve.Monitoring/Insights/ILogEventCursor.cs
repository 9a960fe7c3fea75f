namespace CloudObserve.Insights;

/// <summary>Reads log events one after the other.</summary>
/// <remarks>The members that describe an event may be read only after <see cref="Read"/> returned <see langword="true"/>.</remarks>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
public interface ILogEventCursor : IDisposable
{
    /// <summary>Gets a value indicating whether the newest event comes first, so that a query can end early.</summary>
    bool IsNewestFirst { get; }

    /// <summary>Gets the message in UTF-8. It is valid until the next call of <see cref="Read"/>.</summary>
    ReadOnlyMemory<byte> Message { get; }

    /// <summary>Gets the time of the event, with a precision of a millisecond.</summary>
    /// <value><see langword="null"/> if the event has no time.</value>
    DateTimeOffset? Timestamp { get; }

    /// <summary>Gets the time at which the event was received.</summary>
    /// <value><see langword="null"/> if it is not known.</value>
    DateTimeOffset? IngestionTime { get; }

    /// <summary>Gets the log stream, or the name of the file.</summary>
    string LogStreamName { get; }

    /// <summary>Gets the log group with its account, such as <c>111122223333:/shop/web</c>, or the name of the file.</summary>
    string Log { get; }

    /// <summary>Moves to the next event.</summary>
    /// <returns><see langword="false"/> if there are no more events.</returns>
    bool Read();

    /// <summary>Creates the pointer to the current event, which identifies it within its source.</summary>
    /// <returns>The pointer, as the field <c>@ptr</c> shows it.</returns>
    string GetPointer();
}
