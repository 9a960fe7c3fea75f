namespace CloudObserve.Logs;

/// <summary>Specifies the behaviour when there is no room for an event, because more is logged than can be written or delivered.</summary>
public enum WhenFull
{
    /// <summary>The event is dropped and counted, and an event in the stream reports the number.</summary>
    /// <remarks>The caller never waits.</remarks>
    DropNewest = 0,

    /// <summary>The caller waits for room up to a timeout; then the event is dropped and counted.</summary>
    Wait,
}
