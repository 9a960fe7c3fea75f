namespace CloudObserve.Audit;

/// <summary>Provides an advanced event selector of CloudTrail.</summary>
/// <remarks>An event is kept if all conditions of at least one selector hold.</remarks>
public sealed class AuditEventSelectorOptions
{
    /// <summary>Gets or sets the description of the selector.</summary>
    /// <value>Up to 1,000 characters. The default is <see langword="null"/>: no description.</value>
    public string? Name { get; set; }

    /// <summary>Gets the conditions.</summary>
    /// <value>The default is none, which is invalid.</value>
    /// <remarks>One of them must specify the <c>eventCategory</c>.</remarks>
    public IList<AuditFieldSelectorOptions> FieldSelectors { get; } = [];
}
