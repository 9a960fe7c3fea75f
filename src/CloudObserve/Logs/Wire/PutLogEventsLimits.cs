namespace CloudObserve.Logs.Wire;

/// <summary>Contains the limits of PutLogEvents from its API reference.</summary>
internal static class PutLogEventsLimits
{
    /// <summary>The largest number of events in one request.</summary>
    internal const int MaxEvents = 10_000;

    /// <summary>The largest size of a request in bytes: the UTF-8 bytes of its messages and <see cref="EventOverhead"/> for each.</summary>
    /// <remarks>The surrounding JSON and its escapes do not count.</remarks>
    internal const int MaxBatchBytes = 1_048_576;

    /// <summary>The number of bytes that each event counts in addition to its message.</summary>
    internal const int EventOverhead = 26;

    /// <summary>The largest message in UTF-8 bytes: "1 MB", less the overhead that the limit on the request counts.</summary>
    internal const int MaxMessageBytes = MaxBatchBytes - EventOverhead;

    /// <summary>The largest time span of a request's events.</summary>
    /// <remarks>The exact limit is allowed, but staying below it costs nothing.</remarks>
    internal static readonly TimeSpan MaxSpan = TimeSpan.FromHours(24);

    /// <summary>The largest age of an event.</summary>
    internal static readonly TimeSpan MaxAge = TimeSpan.FromDays(14);

    /// <summary>The largest distance of an event's time into the future.</summary>
    internal static readonly TimeSpan MaxAhead = TimeSpan.FromHours(2);
}
