namespace CloudObserve.Audit;

/// <summary>Represents the conditions for a lookup in an audit trail.</summary>
/// <remarks>All conditions that are set must hold. Texts are compared exactly.</remarks>
public sealed record AuditLookup
{
    /// <summary>The largest number of events in a page.</summary>
    public const int MaxPageSize = 1000;

    /// <summary>Gets the name of the event, such as <c>RefundOrder</c>.</summary>
    public string? EventName { get; init; }

    /// <summary>Gets the name of the user, of the assumed role, or of the session.</summary>
    public string? UserName { get; init; }

    /// <summary>Gets the resource: its full name, or the part after its last slash or colon.</summary>
    public string? ResourceName { get; init; }

    /// <summary>Gets the type of the resource.</summary>
    /// <remarks>If <see cref="ResourceName"/> is also set, both must match the same resource.</remarks>
    public string? ResourceType { get; init; }

    /// <summary>Gets the service that performed the action.</summary>
    public string? EventSource { get; init; }

    /// <summary>Gets whether the action only read data.</summary>
    public bool? ReadOnly { get; init; }

    /// <summary>Gets the id of the access key that was used, or the principal's id or ARN.</summary>
    public string? AccessKeyId { get; init; }

    /// <summary>Gets the event's id.</summary>
    public string? EventId { get; init; }

    /// <summary>Gets the earliest time of the event.</summary>
    /// <remarks>Events dated more than a day after they were recorded may be skipped.</remarks>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Gets the latest time of the event.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Gets the number of a record; only later records are returned.</summary>
    /// <remarks>Events without a number, such as CloudTrail's, are always included.</remarks>
    public long? AfterSequence { get; init; }

    /// <summary>Gets the largest number of events in the page: 1 to <see cref="MaxPageSize"/>.</summary>
    /// <remarks>The default is 50. A page has fewer events if they are very large.</remarks>
    public int MaxResults { get; init; } = 50;

    /// <summary>Gets the <see cref="AuditPage.NextToken"/> of the previous page; <see langword="null"/> for the newest events.</summary>
    public string? NextToken { get; init; }
}
