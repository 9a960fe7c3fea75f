namespace CloudObserve.Audit;

/// <summary>What kind of event it is: CloudTrail's <c>eventCategory</c>.</summary>
public enum AuditEventCategory
{
    /// <summary>An action that manages something: the privileged actions of an application.</summary>
    Management = 0,

    /// <summary>An access to data itself, usually many more than of <see cref="Management"/>.</summary>
    Data,

    /// <summary>An unusual rate of calls or errors.</summary>
    Insight,
}
