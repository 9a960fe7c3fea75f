using CloudObserve.Filters;
using CloudObserve.Local;
using CloudObserve.Metrics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace CloudObserve.Hosting;

/// <summary>Warns of configuration that has no effect.</summary>
/// <param name="logger">Receives the messages.</param>
/// <param name="configuration">The host's configuration, if there is one.</param>
/// <param name="options">The validated options.</param>
/// <param name="added">The signals that were added.</param>
internal sealed class ConfigurationWarnings(ILogger logger, IConfiguration? configuration, CloudObserveOptions options, AddedSignals added)
{
    // A misspelled section is one fault. More single faults than this mean that the section belongs to something else.
    private const int MaxKeyWarnings = 20;

    /// <param name="keepsData">Whether the host keeps its data over restarts.</param>
    internal void Write(bool keepsData)
    {
        if (configuration is not null)
        {
            WarnOfKeys(configuration);
        }

        WarnOfFilters();
        if (options.Local.Directory is not null && !keepsData)
        {
            logger.KeyWithoutEffect(
                $"{LocalOptions.SectionName}:{nameof(LocalOptions.Directory)} has no effect, because the data goes elsewhere. "
                + $"Set {LocalOptions.SectionName}:{nameof(LocalOptions.Copy)} to true to keep a copy.");
        }
    }

    private void WarnOfFilters()
    {
        if (options.MetricFilters.Count > 0 && !added.Logs)
        {
            logger.FiltersWithoutLogs(options.MetricFilters.Count);
        }

        foreach ((string name, MetricFilterOptions filter) in options.MetricFilters)
        {
            if (FilterPattern.Parse(filter.Pattern).LacksField(filter.Value))
            {
                logger.FilterWithoutValue(name, filter.Value);
            }
        }
    }

    private void WarnOfKeys(IConfiguration configuration)
    {
        IReadOnlyList<string> faults = ConfigurationKeys.Faults(configuration);
        foreach (string fault in faults.Take(MaxKeyWarnings))
        {
            logger.KeyWithoutEffect(fault);
        }

        if (faults.Count > MaxKeyWarnings)
        {
            logger.KeyWithoutEffect(
                $"{faults.Count - MaxKeyWarnings} further keys below {CloudObserveOptions.SectionName} have no effect either.");
        }

        IConfigurationSection section = configuration.GetSection(CloudObserveOptions.SectionName);
        if (!added.Logs && UsesLogs(section.GetSection(nameof(options.Logs))))
        {
            logger.SectionWithoutEffect(nameof(options.Logs), "logs are", nameof(CloudObserveBuilder.WithLogs));
        }

        if (!added.AuditTrail && section.GetSection(nameof(options.AuditTrail)).Exists())
        {
            logger.SectionWithoutEffect(nameof(options.AuditTrail), "the audit trail is", nameof(CloudObserveBuilder.WithAuditTrail));
        }
    }

    // Without logs, these options still matter: the embedded metric format uses the logs' group, and the audit trail uses the logs'
    // redaction rules.
    private bool UsesLogs(IConfigurationSection logs) => options.Metrics.EmbeddedMetricFormat is not { Target: EmbeddedMetricTarget.Logs }
        && logs.GetChildren().Any(
            c => !added.AuditTrail || !c.Key.Equals(nameof(options.Logs.Redaction), StringComparison.OrdinalIgnoreCase));
}
