namespace CloudObserve.Audit;

/// <summary>One event: who did what, when, from where, to what, and how it ended. The members are those of a CloudTrail record.</summary>
/// <param name="EventName">What was done, in the form of an operation's name, such as <c>RefundOrder</c>.</param>
/// <remarks>
/// What CloudTrail bounds is bounded here: texts are cut at 1 KB, request and response are left out over 100 KB and additional data over 28 KB
/// each, and a record has at most 256 KB. A record names what was left out of it in <c>additionalEventData.omitted</c>.
/// </remarks>
public sealed record AuditEvent(string EventName)
{
    /// <summary>Gets when the action was completed; without it the moment of recording. Records have whole seconds, as CloudTrail's.</summary>
    public DateTimeOffset? EventTime { get; init; }

    /// <summary>Gets the event's unique id; without it a new one.</summary>
    public Guid? EventId { get; init; }

    /// <summary>Gets which service did it; without it <see cref="AuditTrailOptions.Source"/>.</summary>
    public string? EventSource { get; init; }

    /// <summary>Gets what caused the event; without it <c>AwsApiCall</c>, which is what readers take for an action that was called for.</summary>
    public string? EventType { get; init; }

    /// <summary>Gets the kind of event.</summary>
    public AuditEventCategory EventCategory { get; init; }

    /// <summary>Gets whether the action only read.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Gets whether it is a management event; without it what <see cref="EventCategory"/> says.</summary>
    public bool? ManagementEvent { get; init; }

    /// <summary>Gets who did it.</summary>
    public AuditIdentity UserIdentity { get; init; } = AuditIdentity.Anonymous;

    /// <summary>Gets from where: an IP address or a DNS name; without it this machine's name.</summary>
    public string? SourceIPAddress { get; init; }

    /// <summary>Gets with what program.</summary>
    public string? UserAgent { get; init; }

    /// <summary>Gets the id of the request that asked for it.</summary>
    public string? RequestId { get; init; }

    /// <summary>Gets what was asked for.</summary>
    public AuditData? RequestParameters { get; init; }

    /// <summary>Gets what was answered; by custom nothing when the action only read.</summary>
    public AuditData? ResponseElements { get; init; }

    /// <summary>Gets what else is to be kept. The names <c>trail</c>, <c>action</c> and <c>omitted</c> are the trail's own.</summary>
    public AuditData? AdditionalEventData { get; init; }

    /// <summary>Gets the code of the error with which the action failed; nothing when it succeeded.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>Gets the message of the error with which the action failed.</summary>
    public string? ErrorMessage { get; init; }

    /// <summary>Gets what it was done to.</summary>
    public IReadOnlyList<AuditResource> Resources { get; init; } = [];

    /// <summary>Gets the account to which it was done; without it <see cref="AuditTrailOptions.AccountId"/>.</summary>
    public string? RecipientAccountId { get; init; }

    /// <summary>Gets the region in which it was done; without it <see cref="AuditTrailOptions.Region"/>.</summary>
    public string? AwsRegion { get; init; }

    /// <summary>Gets the id that events about the same occurrence share, such as the start and the end of an insight.</summary>
    public Guid? SharedEventId { get; init; }

    /// <summary>Gets the details of an event of the category <see cref="AuditEventCategory.Insight"/>.</summary>
    public AuditData? InsightDetails { get; init; }

    /// <summary>Gets which part of an action this is, if its intent is recorded too.</summary>
    internal AuditActionMark? Action { get; init; }
}
