using CloudObserve.Audit;
using Microsoft.AspNetCore.Http;

namespace CloudObserve.AspNetCore;

/// <summary>What is recorded of the requests to an endpoint. What is not said is taken from the group around it.</summary>
public sealed class AuditedEndpointOptions
{
    /// <summary>Gets or sets what is done, such as <c>DeleteProduct</c>.</summary>
    /// <value>The default is <see langword="null"/>: what <see cref="EventNameFrom"/> finds, else what the group says, else the endpoint's name (<c>WithName</c>).</value>
    public string? EventName { get; set; }

    /// <summary>Gets or sets what finds the event's name for each endpoint of a group.</summary>
    /// <value>Called once for each endpoint. The default is <see langword="null"/>: nothing does.</value>
    public Func<Endpoint, string?>? EventNameFrom { get; set; }

    /// <summary>Gets or sets to what it is done, with route values in braces: <c>product/{id}</c>, or <c>arn:aws:s3:::exports/{id}</c>.</summary>
    /// <value>The default is <see langword="null"/>: no resource is recorded.</value>
    public string? Resource { get; set; }

    /// <summary>Gets or sets the type of what it is done to, such as <c>Shop::Product</c> or <c>AWS::S3::Object</c>.</summary>
    /// <value>The default is <see langword="null"/>: no type is recorded.</value>
    public string? ResourceType { get; set; }

    /// <summary>Gets or sets what must hold when.</summary>
    /// <value>The default is <see langword="null"/>: what the trail's options say.</value>
    public AuditGuarantee? Guarantee { get; set; }

    /// <summary>Gets or sets the kind of event: an action that manages something, or an access to data itself.</summary>
    /// <value>The default is <see langword="null"/>: <see cref="AuditEventCategory.Management"/>.</value>
    public AuditEventCategory? Category { get; set; }

    /// <summary>Gets or sets whether it only reads.</summary>
    /// <value>The default is <see langword="null"/>: GET, HEAD, OPTIONS, TRACE and QUERY only read.</value>
    public bool? ReadOnly { get; set; }

    /// <summary>Gets or sets which service does it.</summary>
    /// <value>The default is <see langword="null"/>: what the trail's options say.</value>
    public string? EventSource { get; set; }

    /// <summary>Gets or sets whether route values are recorded as request parameters.</summary>
    /// <value>The default is <see langword="null"/>: they are.</value>
    public bool? RouteParameters { get; set; }

    /// <summary>Gets the names of the query's values that are recorded as request parameters, those of the group included.</summary>
    /// <value>The default is none: what stands in a query may be secret.</value>
    public IList<string> QueryParameters { get; } = [];

    internal AuditedEndpointOptions Inside(AuditedEndpointOptions outer)
    {
        AuditedEndpointOptions merged = new()
        {
            // A name, however it is found, that is said further inside goes before one from outside.
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
