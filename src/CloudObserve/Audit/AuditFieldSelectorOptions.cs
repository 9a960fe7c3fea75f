using Microsoft.Extensions.Configuration;

namespace CloudObserve.Audit;

/// <summary>A condition on one field of an event. What is given must hold: one of the first three kinds, and all of the last three. There are no wildcards.</summary>
public sealed class AuditFieldSelectorOptions
{
    /// <summary>Gets or sets the field.</summary>
    /// <value>
    /// <c>eventCategory</c>, <c>readOnly</c>, <c>eventName</c>, <c>eventSource</c>, <c>eventType</c>, <c>errorCode</c>, <c>resources.type</c>,
    /// <c>resources.ARN</c> or <c>userIdentity.arn</c>. The default is the empty text, which is a fault.
    /// </value>
    public string Field { get; set; } = "";

    /// <summary>Gets the values that the field may have; in configuration <c>Equals</c>.</summary>
    /// <value>The default is none.</value>
    [ConfigurationKeyName("Equals")]
    public IList<string> EqualTo { get; } = [];

    /// <summary>Gets the values that the field must not have; in configuration <c>NotEquals</c>.</summary>
    /// <value>The default is none.</value>
    [ConfigurationKeyName("NotEquals")]
    public IList<string> NotEqualTo { get; } = [];

    /// <summary>Gets what the field may begin with.</summary>
    /// <value>The default is none.</value>
    public IList<string> StartsWith { get; } = [];

    /// <summary>Gets what the field must not begin with.</summary>
    /// <value>The default is none.</value>
    public IList<string> NotStartsWith { get; } = [];

    /// <summary>Gets what the field may end with.</summary>
    /// <value>The default is none.</value>
    public IList<string> EndsWith { get; } = [];

    /// <summary>Gets what the field must not end with.</summary>
    /// <value>The default is none.</value>
    public IList<string> NotEndsWith { get; } = [];
}
