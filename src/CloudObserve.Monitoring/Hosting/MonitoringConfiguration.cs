using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace CloudObserve.Monitoring.Hosting;

/// <summary>Binds the options from the host's configuration. The definitions are read elsewhere.</summary>
internal sealed class MonitoringConfiguration(IConfiguration? configuration) : IConfigureOptions<MonitoringOptions>
{
    public void Configure(MonitoringOptions options)
    {
        if (configuration?.GetSection(MonitoringOptions.SectionName) is not { } section)
        {
            return;
        }

        options.Region = section[nameof(options.Region)] ?? options.Region;
        options.AccountId = section[nameof(options.AccountId)] ?? options.AccountId;
        options.MaxHistoryBytes = section.GetValue(nameof(options.MaxHistoryBytes), options.MaxHistoryBytes);
        options.HandlerTimeout = section.GetValue(nameof(options.HandlerTimeout), options.HandlerTimeout);
    }
}
