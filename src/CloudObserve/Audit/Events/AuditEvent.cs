using CloudObserve.Audit.Events;
namespace CloudObserve.Audit;

/// <summary>Represents an event: user, action, time, source address, resources and result.</summary>
/// <param name="EventName">The name of the action in the form of an operation's name, such as <c>RefundOrder</c>.</param>
/// <remarks>
/// The members are those of a CloudTrail record. CloudTrail's size limits apply: texts are truncated to 1 KB, request and response are
/// omitted above 100 KB each, additional data above 28 KB, and a record has at most 256 KB. The record lists the omitted members in
/// <c>additionalEventData.omitted</c>.
/// </remarks>
public sealed record AuditEvent(string EventName)
{
    /// <summary>Gets the time at which the action was completed.</summary>
    /// <remarks>The default is the time of recording. Records have whole seconds, as in CloudTrail.</remarks>
    public DateTimeOffset? EventTime { get; init; }

    /// <summary>Gets the unique id of the event.</summary>
    /// <remarks>The default is a new id.</remarks>
    public Guid? EventId { get; init; }

    /// <summary>Gets the service that performed the action.</summary>
    /// <remarks>The default is <see cref="AuditTrailOptions.Source"/>.</remarks>
    public string? EventSource { get; init; }

    /// <summary>Gets the type of the event.</summary>
    /// <remarks>The default is <c>AwsApiCall</c>, CloudTrail's type for an action that was requested through an API.</remarks>
    public string? EventType { get; init; }

    /// <summary>Gets the category of the event.</summary>
    public AuditEventCategory EventCategory { get; init; }

    /// <summary>Gets whether the action only read data.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Gets whether this is a management event.</summary>
    /// <remarks>The default follows from <see cref="EventCategory"/>.</remarks>
    public bool? ManagementEvent { get; init; }

    /// <summary>Gets the user who performed the action.</summary>
    public AuditIdentity UserIdentity { get; init; } = AuditIdentity.Anonymous;

    /// <summary>Gets the IP address or DNS name from which the action was requested.</summary>
    /// <remarks>The default is the name of this machine.</remarks>
    public string? SourceIPAddress { get; init; }

    /// <summary>Gets the program that requested the action.</summary>
    public string? UserAgent { get; init; }

    /// <summary>Gets the id of the request.</summary>
    public string? RequestId { get; init; }

    /// <summary>Gets the parameters of the request.</summary>
    public AuditData? RequestParameters { get; init; }

    /// <summary>Gets the result of the action.</summary>
    /// <remarks>By convention it is empty for an action that only reads.</remarks>
    public AuditData? ResponseElements { get; init; }

    /// <summary>Gets additional data.</summary>
    /// <remarks>The trail itself uses the names <c>trail</c>, <c>action</c> and <c>omitted</c>.</remarks>
    public AuditData? AdditionalEventData { get; init; }

    /// <summary>Gets the error code of a failed action; <see langword="null"/> if it succeeded.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>Gets the error message of a failed action.</summary>
    public string? ErrorMessage { get; init; }

    /// <summary>Gets the resources that the action affected.</summary>
    public IReadOnlyList<AuditResource> Resources { get; init; } = [];

    /// <summary>Gets the account that the action affected.</summary>
    /// <remarks>The default is <see cref="AuditTrailOptions.AccountId"/>.</remarks>
    public string? RecipientAccountId { get; init; }

    /// <summary>Gets the region that the action affected.</summary>
    /// <remarks>The default is <see cref="AuditTrailOptions.Region"/>.</remarks>
    public string? AwsRegion { get; init; }

    /// <summary>Gets the id that related events share, such as the start and the end of an insight.</summary>
    public Guid? SharedEventId { get; init; }

    /// <summary>Gets the details of an event of the category <see cref="AuditEventCategory.Insight"/>.</summary>
    public AuditData? InsightDetails { get; init; }

    /// <summary>Gets the link between intent and outcome, if the intent is recorded too.</summary>
    internal AuditActionMark? Action { get; init; }
}
