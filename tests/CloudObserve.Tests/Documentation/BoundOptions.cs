using CloudObserve.Hosting;
using CloudObserve.Monitoring;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CloudObserve.Tests.Documentation;

/// <summary>Finds the faults an application would report at its start with a configuration.</summary>
internal static class BoundOptions
{
    internal static IReadOnlyList<string> Faults(IConfiguration configuration)
    {
        ServiceCollection services = new();
        services.AddSingleton(configuration).AddCloudObserve().WithMonitoring();
        using ServiceProvider provider = services.BuildServiceProvider();
        return [.. FaultsOf<CloudObserveOptions>(provider), .. FaultsOf<MonitoringOptions>(provider)];
    }

    private static IEnumerable<string> FaultsOf<T>(ServiceProvider provider)
        where T : class
    {
        try
        {
            _ = provider.GetRequiredService<IOptions<T>>().Value;
            return [];
        }
        catch (OptionsValidationException exception)
        {
            return exception.Failures;
        }
    }

    /// <summary>Gets the warnings of an application's start about keys that no option has.</summary>
    internal static IReadOnlyList<string> UnknownKeys(IConfiguration configuration) => ConfigurationKeys.Faults(configuration);
}
