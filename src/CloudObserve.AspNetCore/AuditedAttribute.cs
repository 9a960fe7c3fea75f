using CloudObserve.AspNetCore.Endpoints;
using CloudObserve.Audit;
using Microsoft.AspNetCore.Mvc.Filters;

namespace CloudObserve.AspNetCore;

/// <summary>Records each request to the action, or to every action of the controller, in the audit trail.</summary>
/// <remarks>
/// <para>
/// For example, <c>[Audited("DeleteProduct", Resource = "product/{id}")]</c>. Each property that is set on an action overrides the same
/// property of its controller. The attribute also works on handlers of minimal APIs, where <c>.Audited(...)</c> offers more settings.
/// </para>
/// <para>
/// Without <c>WithAuditedEndpoints</c> a marked action throws instead of running, and a web application with marked handlers does not start
/// if <c>builder.AddCloudObserve()</c> was called on its <c>WebApplicationBuilder</c>.
/// </para>
/// <para>
/// On Razor Pages, mark the page's model and not its handlers. On SignalR, mark the hub: its connections are recorded, not the calls of its
/// methods.
/// </para>
/// </remarks>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class AuditedAttribute : Attribute, IAuditedMetadata, IAsyncResourceFilter
{
    private readonly AuditedEndpointOptions _options = new();

    /// <summary>Initializes a new instance of the <see cref="AuditedAttribute"/> class.</summary>
    /// <param name="eventName">
    /// The event's name, such as <c>DeleteProduct</c>. The default is the name on the controller's attribute, else the name of the route.
    /// </param>
    public AuditedAttribute(string? eventName = null) => _options.EventName = eventName;

    /// <summary>Gets the event's name.</summary>
    public string? EventName => _options.EventName;

    /// <summary>Gets or sets the resource that the action affects, with route values in braces.</summary>
    public string? Resource
    {
        get => _options.Resource;
        set => _options.Resource = value;
    }

    /// <summary>Gets or sets the type of the resource.</summary>
    public string? ResourceType
    {
        get => _options.ResourceType;
        set => _options.ResourceType = value;
    }

    /// <summary>Gets or sets the point at which the record must be on disk.</summary>
    /// <remarks>If it is not set, the trail's options decide.</remarks>
    public AuditGuarantee Guarantee
    {
        get => _options.Guarantee ?? default;
        set => _options.Guarantee = value;
    }

    /// <summary>Gets or sets the category of the event.</summary>
    public AuditEventCategory Category
    {
        get => _options.Category ?? default;
        set => _options.Category = value;
    }

    /// <summary>Gets or sets whether the action only reads.</summary>
    /// <remarks>If it is not set, the request's method decides.</remarks>
    public bool ReadOnly
    {
        get => _options.ReadOnly ?? false;
        set => _options.ReadOnly = value;
    }

    /// <summary>Gets or sets the service that performs the action.</summary>
    /// <remarks>If it is not set, the trail's options decide.</remarks>
    public string? EventSource
    {
        get => _options.EventSource;
        set => _options.EventSource = value;
    }

    /// <summary>Gets or sets whether route values are recorded as request parameters.</summary>
    /// <remarks>They are by default.</remarks>
    public bool RouteParameters
    {
        get => _options.RouteParameters ?? true;
        set => _options.RouteParameters = value;
    }

    /// <summary>Gets or sets the names of the query parameters that are recorded as request parameters.</summary>
    public string[] QueryParameters
    {
        get => [.. _options.QueryParameters];
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            _options.QueryParameters.Clear();
            foreach (string name in value)
            {
                _options.QueryParameters.Add(name);
            }
        }
    }

    AuditedEndpointOptions IAuditedMetadata.Options => _options;

    // An action that looks audited but is not would be worse than one that fails.
    Task IAsyncResourceFilter.OnResourceExecutionAsync(ResourceExecutingContext context, ResourceExecutionDelegate next)
    {
        AuditedEndpoints.MustBeIn(context.HttpContext.RequestServices, context.ActionDescriptor.DisplayName);
        return next();
    }
}
