namespace CloudObserve.Logs;

/// <summary>What happens to an event for which there is no room, because more is logged than can be written or delivered.</summary>
public enum WhenFull
{
    /// <summary>It is dropped and counted, and the stream says so. The caller never waits.</summary>
    DropNewest = 0,

    /// <summary>The caller waits for room, up to a time-out; then the event is dropped and counted.</summary>
    Wait,
}
