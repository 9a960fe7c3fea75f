namespace CloudObserve.Audit;

/// <summary>Specifies the category of an event: CloudTrail's <c>eventCategory</c>.</summary>
public enum AuditEventCategory
{
    /// <summary>An action that manages something: a privileged action of the application.</summary>
    Management = 0,

    /// <summary>An access to data.</summary>
    /// <remarks>Usually there are many more of these than of <see cref="Management"/> events.</remarks>
    Data,

    /// <summary>An unusual rate of calls or errors.</summary>
    Insight,
}
