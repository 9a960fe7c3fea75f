using CloudObserve.AspNetCore.Endpoints;
using CloudObserve.Audit;
using Microsoft.AspNetCore.Mvc.Filters;

namespace CloudObserve.AspNetCore;

/// <summary>Records each request to the action, or to each action of the controller, in the audit trail: <c>[Audited("DeleteProduct", Resource = "product/{id}")]</c>.</summary>
/// <remarks>
/// What is said on an action goes before what is said on its controller, member by member. On the handlers of minimal APIs it works too, and
/// <c>.Audited(...)</c> says more. Without <c>WithAuditedEndpoints</c> an action does not run, and a web application with marked handlers does not start
/// (<c>builder.AddCloudObserve()</c> on its own builder sees to that). Of Razor Pages it marks a page's model, not the model's handlers;
/// of SignalR a hub, whose connections are recorded then, not the hub's methods.
/// </remarks>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class AuditedAttribute : Attribute, IAuditedMetadata, IAsyncResourceFilter
{
    private readonly AuditedEndpointOptions _options = new();

    /// <summary>Initializes a new instance of the <see cref="AuditedAttribute"/> class.</summary>
    /// <param name="eventName">What is done, such as <c>DeleteProduct</c>; without it what the controller's attribute says, else the route's name.</param>
    public AuditedAttribute(string? eventName = null) => _options.EventName = eventName;

    /// <summary>Gets what is done.</summary>
    public string? EventName => _options.EventName;

    /// <summary>Gets or sets to what it is done, with route values in braces.</summary>
    public string? Resource
    {
        get => _options.Resource;
        set => _options.Resource = value;
    }

    /// <summary>Gets or sets the type of what it is done to.</summary>
    public string? ResourceType
    {
        get => _options.ResourceType;
        set => _options.ResourceType = value;
    }

    /// <summary>Gets or sets what must hold when; unless it is set, what the trail's options say.</summary>
    public AuditGuarantee Guarantee
    {
        get => _options.Guarantee ?? default;
        set => _options.Guarantee = value;
    }

    /// <summary>Gets or sets the kind of event.</summary>
    public AuditEventCategory Category
    {
        get => _options.Category ?? default;
        set => _options.Category = value;
    }

    /// <summary>Gets or sets whether it only reads; unless it is set, the request's method tells.</summary>
    public bool ReadOnly
    {
        get => _options.ReadOnly ?? false;
        set => _options.ReadOnly = value;
    }

    /// <summary>Gets or sets which service does it; unless it is set, what the trail's options say.</summary>
    public string? EventSource
    {
        get => _options.EventSource;
        set => _options.EventSource = value;
    }

    /// <summary>Gets or sets whether route values are recorded as request parameters; they are unless this says otherwise.</summary>
    public bool RouteParameters
    {
        get => _options.RouteParameters ?? true;
        set => _options.RouteParameters = value;
    }

    /// <summary>Gets or sets the names of the query's values that are recorded as request parameters.</summary>
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

    // An action that only seems to be audited is worse than one that does not work.
    Task IAsyncResourceFilter.OnResourceExecutionAsync(ResourceExecutingContext context, ResourceExecutionDelegate next)
    {
        AuditedEndpoints.MustBeIn(context.HttpContext.RequestServices, context.ActionDescriptor.DisplayName);
        return next();
    }
}
