namespace CloudObserve.Audit;

/// <summary>Which events are kept: an advanced event selector of CloudTrail. An event is taken when all conditions of any one selector hold.</summary>
public sealed class AuditEventSelectorOptions
{
    /// <summary>Gets or sets what the selector is for.</summary>
    /// <value>Up to 1,000 characters. The default is <see langword="null"/>: nothing is said.</value>
    public string? Name { get; set; }

    /// <summary>Gets the conditions. One must say which <c>eventCategory</c> the selector is for.</summary>
    /// <value>The default is none, which is a fault.</value>
    public IList<AuditFieldSelectorOptions> FieldSelectors { get; } = [];
}
