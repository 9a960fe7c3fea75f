using CloudObserve.AspNetCore;
using CloudObserve.AspNetCore.Endpoints;
using Microsoft.AspNetCore.Routing;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Marks endpoints whose requests are recorded in the audit trail.</summary>
public static class CloudObserveEndpointConventionBuilderExtensions
{
    /// <summary>Records each request to the endpoint, or to each endpoint of the group, in the audit trail.</summary>
    /// <typeparam name="TBuilder">The kind of builder.</typeparam>
    /// <param name="builder">The endpoint or group.</param>
    /// <param name="eventName">What is done, such as <c>DeleteProduct</c>.</param>
    /// <param name="resource">To what, with route values in braces: <c>product/{id}</c>, or <c>arn:aws:s3:::exports/{id}</c>.</param>
    /// <param name="configure">Sets what else is to be said.</param>
    /// <returns>The builder.</returns>
    /// <remarks>What is said on an endpoint goes before what is said on its group, member by member.</remarks>
    /// <exception cref="InvalidOperationException">
    /// The application was set up without <c>WithAuditedEndpoints</c>. This is thrown here for a group, else when endpoints are built: then no request is answered.
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

    /// <summary>Records each request to the endpoint, or to each endpoint of the group, in the audit trail. The event has the endpoint's name (<c>WithName</c>) if nothing else is said.</summary>
    /// <typeparam name="TBuilder">The kind of builder.</typeparam>
    /// <param name="builder">The endpoint or group.</param>
    /// <param name="configure">Sets what is to be said.</param>
    /// <returns>The builder.</returns>
    /// <remarks>What is said on an endpoint goes before what is said on its group, member by member.</remarks>
    /// <exception cref="InvalidOperationException">
    /// The application was set up without <c>WithAuditedEndpoints</c>. This is thrown here for a group, else when endpoints are built: then no request is answered.
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
            // An endpoint that only seems to be audited is worse than one that does not work.
            AuditedEndpoints.MustBeIn(endpoint.ApplicationServices, endpoint.DisplayName);
            endpoint.Metadata.Add(new AuditedMetadata(options));
        });
        return builder;
    }
}
