using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CloudObserve.AspNetCore.Endpoints;

/// <summary>Fails the start when endpoints are marked as audited but not recorded, and names all of them.</summary>
/// <remarks>
/// <c>.Audited(...)</c> and the filter of a controller's action detect this themselves. An attribute on the handler of a minimal API is
/// only metadata, and no code of the attribute runs.
/// </remarks>
internal sealed class UnrecordedEndpointsCheck(IServiceProvider services) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // The endpoints are known only after the server has started.
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        if (services.GetService<AuditedEndpoints>() is not null)
        {
            return Task.CompletedTask;
        }

        string[] marked =
        [
            .. services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints)
                .Where(e => e.Metadata.GetMetadata<IAuditedMetadata>() is not null || MarkedHandlers.FaultOf(e) is not null)
                .Select(e => e.DisplayName ?? "(no name)").Distinct(),
        ];
        return marked.Length == 0 ? Task.CompletedTask : throw AuditedEndpoints.Unrecorded(marked);
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
