namespace CloudObserve.Audit;

/// <summary>Which events to look up in an audit trail. What is given must all hold; texts are compared exactly.</summary>
public sealed record AuditLookup
{
    /// <summary>How many events a page may have at most.</summary>
    public const int MaxPageSize = 1000;

    /// <summary>Gets the name of the event, such as <c>RefundOrder</c>.</summary>
    public string? EventName { get; init; }

    /// <summary>Gets the name of who did it: of the user, of the role that was assumed, or of the session.</summary>
    public string? UserName { get; init; }

    /// <summary>Gets to what it was done: the resource's whole name, or what stands behind a slash or colon at the end of it.</summary>
    public string? ResourceName { get; init; }

    /// <summary>Gets the type of what it was done to. With <see cref="ResourceName"/> both must hold for the same resource.</summary>
    public string? ResourceType { get; init; }

    /// <summary>Gets the service that did it.</summary>
    public string? EventSource { get; init; }

    /// <summary>Gets whether it only read.</summary>
    public bool? ReadOnly { get; init; }

    /// <summary>Gets the id of the access key that was used, or the principal's id or ARN.</summary>
    public string? AccessKeyId { get; init; }

    /// <summary>Gets the event's id.</summary>
    public string? EventId { get; init; }

    /// <summary>Gets when it happened at the earliest.</summary>
    /// <remarks>Events that are dated more than a day after they were recorded may be passed over.</remarks>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Gets when it happened at the latest.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Gets the number of a record: only events that were recorded behind it. Events without a number, as CloudTrail's, are not left out.</summary>
    public long? AfterSequence { get; init; }

    /// <summary>Gets how many events a page may have: 1 to <see cref="MaxPageSize"/>, without it 50. It has fewer if they are very large.</summary>
    public int MaxResults { get; init; } = 50;

    /// <summary>Gets the <see cref="AuditPage.NextToken"/> of the page before; <see langword="null"/> for the newest events.</summary>
    public string? NextToken { get; init; }
}
