namespace CloudObserve.Sinks.Local.Ingestion;

/// <summary>The body of <c>PutLogEvents</c> as it was read, before any rule but JSON's own has been checked.</summary>
internal sealed class PutLogEventsBody
{
    internal string? LogGroupName { get; set; }

    internal string? LogStreamName { get; set; }

    internal List<WireLogEvent> LogEvents { get; set; } = [];
}
