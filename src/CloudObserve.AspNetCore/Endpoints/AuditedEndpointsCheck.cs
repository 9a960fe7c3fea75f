using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CloudObserve.AspNetCore.Endpoints;

/// <summary>Fails the start when an audited endpoint cannot be recorded, and reports all faults together.</summary>
internal sealed class AuditedEndpointsCheck(AuditedEndpoints audited, IServiceProvider services) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // The endpoints are known only after the server has started. Until then, requests to a faulty endpoint fail.
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        string[] faults =
            [.. services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).Distinct().Select(FaultOf).OfType<string>()];
        return faults.Length == 0 ? Task.CompletedTask : throw new InvalidOperationException(string.Join(Environment.NewLine, faults));
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private string? FaultOf(Endpoint endpoint)
    {
        try
        {
            _ = audited.Find(endpoint);
            return null;
        }
        catch (InvalidOperationException exception)
        {
            return exception.Message;
        }
    }
}
