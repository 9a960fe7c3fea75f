using CloudObserve.Audit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CloudObserve.Tests.Documentation.Running;

/// <summary>
/// The application that a block is a piece of. It is built and started as late as it can be, so that the block may set it up.
/// </summary>
internal sealed class StagedApp : IAsyncDisposable
{
    private WebApplication? _app;
    private bool _runs;

    internal StagedApp(Stage stage)
    {
        Builder = WebApplication.CreateBuilder(stage.Arguments);
        _ = Builder.Logging.ClearProviders();
        stage.Furnish(Builder.Services);
    }

    internal WebApplicationBuilder Builder { get; }

    internal WebApplication Build()
    {
        if (_app is null)
        {
            _ = Builder.AddCloudObserve();
            _app = Builder.Build();
        }

        return _app;
    }

    /// <summary>Gives a service of the application, which runs from then on.</summary>
    internal object Ask(Type service)
    {
        if (service == typeof(IAuditTrail) && _app is null)
        {
            _ = Builder.AddCloudObserve().WithAuditTrail();
        }

        // It is read like a variable, so nobody can await it; nothing that starts needs the thread that waits.
        StartAsync().GetAwaiter().GetResult();
        return Build().Services.GetRequiredService(service);
    }

    /// <summary>Lets the application run, if it does not already, be visited, and stop.</summary>
    /// <returns>What is wrong.</returns>
    internal async Task<IReadOnlyList<string>> PlayAsync(Func<IServiceProvider, Task>? during)
    {
        await StartAsync();
        IReadOnlyList<string> faults = await new Visit(Build().Services).MakeAsync(during);
        await Build().StopAsync();
        return faults;
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }
    }

    private async Task StartAsync()
    {
        if (!_runs)
        {
            _runs = true;
            await Build().StartAsync();
        }
    }
}
