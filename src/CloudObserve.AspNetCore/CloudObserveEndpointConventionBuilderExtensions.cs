using CloudObserve.AspNetCore;
using CloudObserve.AspNetCore.Endpoints;
using Microsoft.AspNetCore.Routing;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Marks endpoints whose requests are recorded in the audit trail.</summary>
public static class CloudObserveEndpointConventionBuilderExtensions
{
    /// <summary>Records each request to the endpoint, or to each endpoint of the group, in the audit trail.</summary>
    /// <typeparam name="TBuilder">The type of the builder.</typeparam>
    /// <param name="builder">The endpoint or group.</param>
    /// <param name="eventName">The event's name, such as <c>DeleteProduct</c>.</param>
    /// <param name="resource">The resource, with route values in braces: <c>product/{id}</c>, or <c>arn:aws:s3:::exports/{id}</c>.</param>
    /// <param name="configure">Sets further options.</param>
    /// <returns>The builder.</returns>
    /// <remarks>Each property that is set on an endpoint overrides the same property of its group.</remarks>
    /// <exception cref="InvalidOperationException">
    /// <c>WithAuditedEndpoints</c> was not called. For a group it is thrown here; for an endpoint it is thrown when endpoints are built,
    /// and then no request is answered.
    /// </exception>
    public static TBuilder Audited<TBuilder>(
        this TBuilder builder, string eventName, string? resource = null, Action<AuditedEndpointOptions>? configure = null)
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(eventName);
        return builder.Audited(options =>
        {
            options.EventName = eventName;
            options.Resource = resource;
            configure?.Invoke(options);
        });
    }

    /// <summary>Records each request to the endpoint, or to each endpoint of the group, in the audit trail.</summary>
    /// <typeparam name="TBuilder">The type of the builder.</typeparam>
    /// <param name="builder">The endpoint or group.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>The builder.</returns>
    /// <remarks>
    /// The event has the endpoint's name (<c>WithName</c>) unless another is set. Each property that is set on an endpoint overrides the
    /// same property of its group.
    /// </remarks>
    /// <exception cref="InvalidOperationException">
    /// <c>WithAuditedEndpoints</c> was not called. For a group it is thrown here; for an endpoint it is thrown when endpoints are built,
    /// and then no request is answered.
    /// </exception>
    public static TBuilder Audited<TBuilder>(this TBuilder builder, Action<AuditedEndpointOptions>? configure = null)
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (builder is IEndpointRouteBuilder group)
        {
            AuditedEndpoints.MustBeIn(group.ServiceProvider, "a group of endpoints");
        }

        AuditedEndpointOptions options = new();
        configure?.Invoke(options);
        builder.Add(endpoint =>
        {
            // An endpoint that looks audited but is not would be worse than one that fails.
            AuditedEndpoints.MustBeIn(endpoint.ApplicationServices, endpoint.DisplayName);
            endpoint.Metadata.Add(new AuditedMetadata(options));
        });
        return builder;
    }
}
