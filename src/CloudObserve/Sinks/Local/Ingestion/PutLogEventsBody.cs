namespace CloudObserve.Sinks.Local.Ingestion;

/// <summary>The body of <c>PutLogEvents</c> as read, checked as JSON only.</summary>
internal sealed class PutLogEventsBody
{
    internal string? LogGroupName { get; set; }

    internal string? LogStreamName { get; set; }

    internal List<WireLogEvent> LogEvents { get; set; } = [];
}
