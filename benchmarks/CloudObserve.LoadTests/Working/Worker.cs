using Amazon.Runtime;
using CloudObserve.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CloudObserve.LoadTests.Working;

/// <summary>Represents an application under load that uses public API only.</summary>
/// <remarks>It executes commands on standard input and reports on standard output.</remarks>
internal static class Worker
{
    internal const string Role = "worker";
    internal const string LogGroup = "/load";
    internal const string LogStream = "one";
    internal const string Namespace = "Load";

    internal static async Task<int> RunAsync(string[] settings)
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder(settings);
        WorkerSettings load = builder.Configuration.Get<WorkerSettings>() ?? new WorkerSettings();

        // The host's own log events are suppressed, because the numbers are those of the load's events. The library's messages go to
        // standard error.
        _ = builder.Logging.ClearProviders().AddFilter("Microsoft", LogLevel.None)
            .AddConsole(c => c.LogToStandardErrorThreshold = LogLevel.Trace)
            .AddFilter<Microsoft.Extensions.Logging.Console.ConsoleLoggerProvider>(
                (category, _) => category?.StartsWith("CloudObserve", StringComparison.Ordinal) == true);
        _ = builder.Services.AddSingleton(load).AddSingleton<Load>().AddHostedService(p => p.GetRequiredService<Load>());
        _ = builder.Services.AddSingleton<Saturation>().AddSingleton<WorkerReport>().AddHostedService<Orders>();
        _ = Observe(builder, load);
        IHost host = builder.Build();
        LongestPause.Watch();
        WorkerReport report = host.Services.GetRequiredService<WorkerReport>();
        await host.StartAsync();
        report.Print("started");
        await host.WaitForShutdownAsync();
        report.Print("stopped");
        await ((IAsyncDisposable)host).DisposeAsync();
        return 0;
    }

    /// <summary>Adds the library as in an application that ships to a CloudWatch at a given address.</summary>
    internal static CloudObserveBuilder Observe(HostApplicationBuilder builder, WorkerSettings load)
    {
        CloudObserveBuilder observe = builder.AddCloudObserve()
            .UseAws(a =>
            {
                a.Region = "eu-west-1";
                a.ServiceUrl = load.Url;
                a.Credentials = new BasicAWSCredentials(ScriptedCloudWatch.AccessKeyId, ScriptedCloudWatch.SecretAccessKey);
            })
            .WithMetrics(m => m.Namespace = Namespace)
            .WithLogs(l => (l.LogGroup, l.LogStream) = (LogGroup, LogStream));
        return load.Json ? observe : observe.UseLogEventFormatter(_ => new MessageOnly());
    }
}
