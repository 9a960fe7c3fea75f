using CloudObserve;
using CloudObserve.AspNetCore;
using CloudObserve.AspNetCore.Endpoints;
using CloudObserve.AspNetCore.Requests;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the auditing of HTTP endpoints to CloudObserve.</summary>
public static class CloudObserveAuditedEndpointsExtensions
{
    /// <summary>Records in the audit trail the requests to endpoints that are marked by <c>.Audited(...)</c> or <c>[Audited]</c>. It adds the trail too.</summary>
    /// <param name="builder">What sets the library up.</param>
    /// <param name="configure">The step, if there is anything to set.</param>
    /// <returns>The builder.</returns>
    /// <remarks>
    /// Nothing is to be put into the pipeline by hand: what records stands before all of the application's middleware, so that it sees requests which
    /// authorization refuses. Endpoints that are marked but cannot be recorded as they should be, such as those without a name for the event, fail the start.
    /// </remarks>
    public static CloudObserveBuilder WithAuditedEndpoints(this CloudObserveBuilder builder, Action<AuditedRequestOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        _ = builder.WithAuditTrail();
        IServiceCollection services = builder.Services;
        _ = services.AddOptions<AuditedRequestOptions>();
        services.TryAddSingleton<AuditedEndpoints>();
        services.TryAddSingleton<RequestRecorder>();
        services.TryAddEnumerable(ServiceDescriptor.Transient<IStartupFilter, AuditStartupFilter>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, AuditedEndpointsCheck>());
        if (configure is not null)
        {
            _ = services.Configure(configure);
        }

        return builder;
    }
}
