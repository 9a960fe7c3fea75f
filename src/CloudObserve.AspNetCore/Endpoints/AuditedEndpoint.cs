using System.Globalization;
using CloudObserve.Audit;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Primitives;

namespace CloudObserve.AspNetCore.Endpoints;

/// <summary>Represents an audited endpoint: its merged options, and the endpoint that runs in its place.</summary>
internal sealed class AuditedEndpoint
{
    private readonly AuditedEndpointOptions _options;
    private readonly ResourceTemplate? _resource;

    // Only the values of the route pattern are recorded. The request's route values may also contain the names of the controller and the
    // action.
    private readonly string[] _routeParameters;

    private AuditedEndpoint(Endpoint original, AuditedEndpointOptions options, string eventName, AuditGuarantee defaultGuarantee)
    {
        _options = options;
        _resource = options.Resource is null ? null : new ResourceTemplate(options.Resource);
        EventName = eventName;
        Guarantee = options.Guarantee ?? defaultGuarantee;
        Route = (original as RouteEndpoint)?.RoutePattern.RawText;
        _routeParameters = original is RouteEndpoint route && (options.RouteParameters ?? true)
            ? [.. route.RoutePattern.Parameters.Select(p => p.Name)] : [];
        Running = Wrap(original);
    }

    internal string EventName { get; }

    internal AuditGuarantee Guarantee { get; }

    /// <summary>Gets the route pattern as written.</summary>
    internal string? Route { get; }

    /// <summary>Gets the endpoint that runs in place of the original: a copy with a wrapped request delegate.</summary>
    internal Endpoint Running { get; }

    /// <returns>The audited endpoint, or <see langword="null"/> if the endpoint is not audited.</returns>
    /// <exception cref="InvalidOperationException">The endpoint is audited but cannot be recorded.</exception>
    internal static AuditedEndpoint? From(Endpoint endpoint, AuditGuarantee defaultGuarantee)
    {
        if (MarkedHandlers.FaultOf(endpoint) is { } unseen)
        {
            throw new InvalidOperationException(unseen);
        }

        IReadOnlyList<IAuditedMetadata> marks = endpoint.Metadata.GetOrderedMetadata<IAuditedMetadata>();
        if (marks.Count == 0)
        {
            return null;
        }

        AuditedEndpointOptions options = marks.Select(m => m.Options).Aggregate((outer, inner) => inner.Inside(outer));
        string? name = options.EventName ?? options.EventNameFrom?.Invoke(endpoint)
            ?? endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName;
        AuditedEndpoint audited = new(endpoint, options, name ?? "", defaultGuarantee);
        return audited.Fault(endpoint) is { } fault
            ? throw new InvalidOperationException($"The endpoint '{endpoint.DisplayName}' cannot be audited: {fault}") : audited;
    }

    /// <summary>Creates the event with everything that is known before the endpoint's code runs, except user and source address.</summary>
    internal AuditEvent Describe(HttpContext context) => new(EventName)
    {
        EventSource = _options.EventSource,
        EventCategory = _options.Category ?? AuditEventCategory.Management,
        ReadOnly = _options.ReadOnly ?? OnlyReads(context.Request.Method),
        RequestParameters = Parameters(context.Request),
        Resources = _resource is null ? [] : [new AuditResource(_resource.Fill(context.Request.RouteValues), _options.ResourceType)],
    };

    private static bool OnlyReads(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) || HttpMethods.IsTrace(method)
        || method.Equals("QUERY", StringComparison.OrdinalIgnoreCase);

    private string? Fault(Endpoint endpoint)
    {
        if (string.IsNullOrWhiteSpace(EventName))
        {
            return "the event has no name. Give it one: .Audited(\"DeleteProduct\"), or .WithName(\"DeleteProduct\") on the endpoint.";
        }

        if (_options.Category is not (null or AuditEventCategory.Management or AuditEventCategory.Data))
        {
            return $"a request is an event of the category Management or Data, not {_options.Category}.";
        }

        string[] missing = endpoint is RouteEndpoint { RoutePattern: { } route } && _resource is not null
            ? [.. _resource.Names.Except(
                route.Parameters.Select(p => p.Name).Concat(route.RequiredValues.Keys), StringComparer.OrdinalIgnoreCase)]
            : [];
        return missing.Length > 0
            ? $"its resource '{_options.Resource}' uses {string.Join(", ", missing)}, which is not in its route." : null;
    }

    private AuditData? Parameters(HttpRequest request)
    {
        AuditData parameters = [];
        foreach (string name in _routeParameters)
        {
            if (request.RouteValues.TryGetValue(name, out object? value))
            {
                parameters[name] = Convert.ToString(value, CultureInfo.InvariantCulture);
            }
        }

        foreach (string name in _options.QueryParameters)
        {
            if (request.Query.TryGetValue(name, out StringValues values))
            {
                parameters[name] = values.Count == 1 ? values[0] : values.OfType<string>().ToArray();
            }
        }

        return parameters.Count > 0 ? parameters : null;
    }

    private Endpoint Wrap(Endpoint original)
    {
        if (original.RequestDelegate is not { } code)
        {
            return original;
        }

        Task Run(HttpContext context) =>
            context.Features.Get<IEndpointFeature>() is IAuditedRequest request
                ? request.RunAsync(this, code)
                : throw new InvalidOperationException(
                    $"'{EventName}' cannot be recorded: another component took the place of the request's endpoint feature.");

        return original is RouteEndpoint route
            ? new RouteEndpoint(Run, route.RoutePattern, route.Order, route.Metadata, route.DisplayName)
            : new Endpoint(Run, original.Metadata, original.DisplayName);
    }
}
