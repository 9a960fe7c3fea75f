namespace CloudObserve.Logs.Wire;

/// <summary>What PutLogEvents accepts, as its API reference states it.</summary>
internal static class PutLogEventsLimits
{
    /// <summary>Events in one request.</summary>
    internal const int MaxEvents = 10_000;

    /// <summary>The size of one request: the UTF-8 bytes of its messages and <see cref="EventOverhead"/> for each. The JSON around and inside them does not count.</summary>
    internal const int MaxBatchBytes = 1_048_576;

    /// <summary>What every event counts for beside its message.</summary>
    internal const int EventOverhead = 26;

    /// <summary>UTF-8 bytes of one message: "1 MB", less what the rule for the request takes away.</summary>
    internal const int MaxMessageBytes = MaxBatchBytes - EventOverhead;

    /// <summary>How far apart the times of a request's events may lie. The limit itself is allowed; staying below it costs nothing.</summary>
    internal static readonly TimeSpan MaxSpan = TimeSpan.FromHours(24);

    /// <summary>How far back an event's time may lie.</summary>
    internal static readonly TimeSpan MaxAge = TimeSpan.FromDays(14);

    /// <summary>How far ahead an event's time may lie.</summary>
    internal static readonly TimeSpan MaxAhead = TimeSpan.FromHours(2);
}
