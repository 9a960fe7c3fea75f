namespace CloudObserve.Audit;

/// <summary>Represents a recorded event.</summary>
/// <param name="Json">The exact bytes of the record: a CloudTrail event in JSON, UTF-8.</param>
public sealed record AuditRecord(ReadOnlyMemory<byte> Json)
{
    /// <summary>Gets the unique id of the event.</summary>
    public string? EventId { get; init; }

    /// <summary>Gets the time of the event.</summary>
    public DateTimeOffset? EventTime { get; init; }

    /// <summary>Gets the name of the action.</summary>
    public string? EventName { get; init; }

    /// <summary>Gets the service that performed the action.</summary>
    public string? EventSource { get; init; }

    /// <summary>Gets the name of the user, or the most specific other identifier of the user.</summary>
    public string? UserName { get; init; }

    /// <summary>Gets the id of the access key that was used.</summary>
    public string? AccessKeyId { get; init; }

    /// <summary>Gets the source address of the action.</summary>
    public string? SourceIPAddress { get; init; }

    /// <summary>Gets whether the action only read data.</summary>
    public bool? ReadOnly { get; init; }

    /// <summary>Gets the error code; <see langword="null"/> if the action succeeded.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>Gets the resources that the action affected.</summary>
    public IReadOnlyList<AuditResource> Resources { get; init; } = [];

    /// <summary>Gets whether this is the intent or the outcome of an action whose intent was recorded.</summary>
    /// <value>
    /// <see langword="true"/> for an intent, <see langword="false"/> for an outcome, <see langword="null"/> for all other events.
    /// </value>
    public bool? IsIntent { get; init; }

    /// <summary>Gets the number of the record in its trail; <see langword="null"/> if it has none.</summary>
    public long? Sequence { get; init; }
}
