namespace CloudObserve.Audit;

/// <summary>An event as it was recorded.</summary>
/// <param name="Json">The record, to the letter: a CloudTrail event in JSON, UTF-8.</param>
public sealed record AuditRecord(ReadOnlyMemory<byte> Json)
{
    /// <summary>Gets the event's unique id.</summary>
    public string? EventId { get; init; }

    /// <summary>Gets when it happened.</summary>
    public DateTimeOffset? EventTime { get; init; }

    /// <summary>Gets what was done.</summary>
    public string? EventName { get; init; }

    /// <summary>Gets which service did it.</summary>
    public string? EventSource { get; init; }

    /// <summary>Gets the name of who did it, or, for who has none, whatever tells most.</summary>
    public string? UserName { get; init; }

    /// <summary>Gets the id of the access key that was used.</summary>
    public string? AccessKeyId { get; init; }

    /// <summary>Gets from where it was done.</summary>
    public string? SourceIPAddress { get; init; }

    /// <summary>Gets whether it only read.</summary>
    public bool? ReadOnly { get; init; }

    /// <summary>Gets the code of the error with which it failed; <see langword="null"/> if it succeeded.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>Gets what it was done to.</summary>
    public IReadOnlyList<AuditResource> Resources { get; init; } = [];

    /// <summary>
    /// Gets whether this is the intent (<see langword="true"/>) or the outcome (<see langword="false"/>) of an action that was recorded before it ran;
    /// <see langword="null"/> for all others, which have one record.
    /// </summary>
    public bool? IsIntent { get; init; }

    /// <summary>Gets the number of the record in its trail; <see langword="null"/> if it has none.</summary>
    public long? Sequence { get; init; }
}
