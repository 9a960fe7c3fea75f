using CloudObserve.Metrics;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace CloudObserve.StorefrontRecorder;

/// <summary>Registers the recorder beside the services of the shop.</summary>
internal static class RecorderServices
{
    public static void AddRecorder(this IServiceCollection services)
    {
        ServiceDescriptor publisher = services.Single(s => s.ServiceType == typeof(IMetricPublisher));
        _ = services.Remove(publisher);
        _ = services.AddSingleton<PublishedTotals>()
            .AddSingleton<StoredLogs>()
            .AddSingleton<IMetricPublisher>(p => new RecordingPublisher(
                (IMetricPublisher)publisher.ImplementationFactory!(p), p.GetRequiredService<PublishedTotals>()))
            .AddSingleton<IStartupFilter, OrderRecorder>()
            .AddHostedService<RecordPrinter>();
    }
}
