using CloudObserve;
using CloudObserve.AspNetCore;
using CloudObserve.AspNetCore.Endpoints;
using CloudObserve.AspNetCore.Requests;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds auditing of HTTP endpoints to CloudObserve.</summary>
public static class CloudObserveAuditedEndpointsExtensions
{
    /// <summary>Records requests to endpoints that are marked by <c>.Audited(...)</c> or <c>[Audited]</c>.</summary>
    /// <param name="builder">The builder of the library.</param>
    /// <param name="configure">Changes the settings; optional.</param>
    /// <returns>The builder.</returns>
    /// <remarks>
    /// Adds the audit trail too. The recording middleware is added in front of the application's middleware, so it also sees requests that
    /// authorization refuses. Do not add it yourself. The application does not start if a marked endpoint cannot be recorded, for example
    /// because its event has no name.
    /// </remarks>
    public static CloudObserveBuilder WithAuditedEndpoints(
        this CloudObserveBuilder builder, Action<AuditedRequestOptions>? configure = null)
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
