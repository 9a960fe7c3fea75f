using Microsoft.Extensions.Configuration;

namespace CloudObserve.Audit;

/// <summary>Provides a condition on one field of an event.</summary>
/// <remarks>
/// The field must match one value of the first three kinds and none of the last three. Kinds without values are ignored. There are no
/// wildcards.
/// </remarks>
public sealed class AuditFieldSelectorOptions
{
    /// <summary>Gets or sets the field.</summary>
    /// <value>
    /// <c>eventCategory</c>, <c>readOnly</c>, <c>eventName</c>, <c>eventSource</c>, <c>eventType</c>, <c>errorCode</c>,
    /// <c>resources.type</c>, <c>resources.ARN</c> or <c>userIdentity.arn</c>. The default is the empty text, which is invalid.
    /// </value>
    public string Field { get; set; } = "";

    /// <summary>Gets the allowed values of the field; in configuration <c>Equals</c>.</summary>
    /// <value>The default is none.</value>
    [ConfigurationKeyName("Equals")]
    public IList<string> EqualTo { get; } = [];

    /// <summary>Gets the forbidden values of the field; in configuration <c>NotEquals</c>.</summary>
    /// <value>The default is none.</value>
    [ConfigurationKeyName("NotEquals")]
    public IList<string> NotEqualTo { get; } = [];

    /// <summary>Gets the allowed beginnings of the field.</summary>
    /// <value>The default is none.</value>
    public IList<string> StartsWith { get; } = [];

    /// <summary>Gets the forbidden beginnings of the field.</summary>
    /// <value>The default is none.</value>
    public IList<string> NotStartsWith { get; } = [];

    /// <summary>Gets the allowed ends of the field.</summary>
    /// <value>The default is none.</value>
    public IList<string> EndsWith { get; } = [];

    /// <summary>Gets the forbidden ends of the field.</summary>
    /// <value>The default is none.</value>
    public IList<string> NotEndsWith { get; } = [];
}
