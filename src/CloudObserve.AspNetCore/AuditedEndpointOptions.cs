using CloudObserve.Audit;
using Microsoft.AspNetCore.Http;

namespace CloudObserve.AspNetCore;

/// <summary>Provides the audit settings of an endpoint.</summary>
/// <remarks>Settings that are left open are taken from the group that contains the endpoint.</remarks>
public sealed class AuditedEndpointOptions
{
    /// <summary>Gets or sets the event's name, such as <c>DeleteProduct</c>.</summary>
    /// <value>
    /// The default is <see langword="null"/>: the result of <see cref="EventNameFrom"/>, else the group's setting, else the endpoint's name
    /// (<c>WithName</c>).
    /// </value>
    public string? EventName { get; set; }

    /// <summary>Gets or sets the function that returns the event's name for each endpoint of a group.</summary>
    /// <value>Called once for each endpoint. The default is <see langword="null"/>: no function.</value>
    public Func<Endpoint, string?>? EventNameFrom { get; set; }

    /// <summary>Gets or sets the resource, with route values in braces: <c>product/{id}</c>, or <c>arn:aws:s3:::exports/{id}</c>.</summary>
    /// <value>The default is <see langword="null"/>: no resource is recorded.</value>
    public string? Resource { get; set; }

    /// <summary>Gets or sets the type of the resource, such as <c>Shop::Product</c> or <c>AWS::S3::Object</c>.</summary>
    /// <value>The default is <see langword="null"/>: no type is recorded.</value>
    public string? ResourceType { get; set; }

    /// <summary>Gets or sets the point at which the record must be on disk.</summary>
    /// <value>The default is <see langword="null"/>: the setting of the trail's options.</value>
    public AuditGuarantee? Guarantee { get; set; }

    /// <summary>Gets or sets the category of the event: an action that manages something, or an access to data itself.</summary>
    /// <value>The default is <see langword="null"/>: <see cref="AuditEventCategory.Management"/>.</value>
    public AuditEventCategory? Category { get; set; }

    /// <summary>Gets or sets whether the action only reads.</summary>
    /// <value>The default is <see langword="null"/>: GET, HEAD, OPTIONS, TRACE and QUERY requests only read; others do not.</value>
    public bool? ReadOnly { get; set; }

    /// <summary>Gets or sets the service that performs the action.</summary>
    /// <value>The default is <see langword="null"/>: the setting of the trail's options.</value>
    public string? EventSource { get; set; }

    /// <summary>Gets or sets whether route values are recorded as request parameters.</summary>
    /// <value>The default is <see langword="null"/>: they are recorded.</value>
    public bool? RouteParameters { get; set; }

    /// <summary>Gets the names of the query parameters that are recorded as request parameters.</summary>
    /// <value>The default is none, because a query may contain secrets.</value>
    /// <remarks>The names of the group are added to those of the endpoint.</remarks>
    public IList<string> QueryParameters { get; } = [];

    internal AuditedEndpointOptions Inside(AuditedEndpointOptions outer)
    {
        AuditedEndpointOptions merged = new()
        {
            // A name from an inner level, whether fixed or found by EventNameFrom, takes precedence over a name from an outer level.
            EventName = EventName ?? (EventNameFrom is null ? outer.EventName : null),
            EventNameFrom = EventNameFrom ?? outer.EventNameFrom,
            Resource = Resource ?? outer.Resource,
            ResourceType = ResourceType ?? outer.ResourceType,
            Guarantee = Guarantee ?? outer.Guarantee,
            Category = Category ?? outer.Category,
            ReadOnly = ReadOnly ?? outer.ReadOnly,
            EventSource = EventSource ?? outer.EventSource,
            RouteParameters = RouteParameters ?? outer.RouteParameters,
        };
        foreach (string name in outer.QueryParameters.Union(QueryParameters, StringComparer.OrdinalIgnoreCase))
        {
            merged.QueryParameters.Add(name);
        }

        return merged;
    }
}
