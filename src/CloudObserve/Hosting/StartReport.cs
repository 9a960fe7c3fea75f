using CloudObserve.Delivery;
using CloudObserve.Diagnostics;
using CloudObserve.Filters;
using CloudObserve.Local;
using CloudObserve.Metrics;
using CloudObserve.Pipeline.Delivery;
using CloudObserve.Sinks.Local;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CloudObserve.Hosting;

/// <summary>Logs the destination of the data at start and the delivery totals at stop.</summary>
/// <param name="loggers">Creates the logger.</param>
/// <param name="environment">The host's environment, if there is a host.</param>
/// <param name="configuration">The host's configuration, if there is one.</param>
/// <param name="options">The validated options.</param>
/// <param name="local">The part of the embedded CloudWatch in this host.</param>
/// <param name="hasLogs">Whether logs were added.</param>
/// <param name="hasAuditTrail">Whether the audit trail was added.</param>
internal sealed class StartReport(
    ILoggerFactory loggers,
    IHostEnvironment? environment,
    IConfiguration? configuration,
    CloudObserveOptions options,
    LocalComposition local,
    bool hasLogs,
    bool hasAuditTrail)
{
    // A misspelled section is one fault. More single faults than this mean that the section belongs to something else.
    private const int MaxKeyWarnings = 20;

    private const string StandardOutputName = "standard output";

    private readonly ILogger _logger = loggers.CreateLogger(Log.HostCategory);

    internal void Started(IBatchSink sink)
    {
        if (configuration is not null)
        {
            WarnOfKeys(configuration);
        }

        WarnOfFilters();
        if (options.Local.Directory is not null && local.Kept is null)
        {
            _logger.KeyWithoutEffect(
                $"{LocalOptions.SectionName}:{nameof(LocalOptions.Directory)} has no effect, because the data goes elsewhere. "
                + $"Set {LocalOptions.SectionName}:{nameof(LocalOptions.Copy)} to true to keep a copy.");
        }

        // With metrics on standard output and no other signal, the sink receives no data.
        bool writesLines = options.Metrics.EmbeddedMetricFormat is { Target: EmbeddedMetricTarget.StandardOutput };
        bool usesSink = !writesLines || hasLogs || hasAuditTrail;
        if (usesSink && sink is LocalSink && environment?.IsProduction() == true)
        {
            _logger.LocalDestinationInProduction();
            return;
        }

        string destination = DestinationName.Of(sink, local.Copies is not null);
        _logger.Started((writesLines, usesSink) switch
        {
            (true, false) => StandardOutputName,
            (true, true) => $"{destination}, and metrics to {StandardOutputName}",
            _ => destination,
        });
    }

    internal void Stopped(IReadOnlyDictionary<string, LedgerSnapshot> ledgers)
    {
        foreach ((string signal, LedgerSnapshot books) in ledgers)
        {
            string reasons = books.TotalLost == 0 ? "" : $" ({Reasons(books)})";
            if (books.InFlight > books.Spooled)
            {
                _logger.StoppedUnfinished(
                    signal, books.Accepted, books.Delivered, books.Spooled, books.TotalLost, reasons, books.InFlight - books.Spooled);
            }
            else if (books.Spooled > 0)
            {
                _logger.StoppedWithSpool(signal, books.Accepted, books.Delivered, books.Spooled, books.TotalLost, reasons);
            }
            else if (books.TotalLost == 0)
            {
                _logger.StoppedComplete(signal, books.Accepted, books.Delivered);
            }
            else
            {
                StoppedWithLoss(signal, books);
            }
        }
    }

    private void WarnOfFilters()
    {
        if (options.MetricFilters.Count > 0 && !hasLogs)
        {
            _logger.FiltersWithoutLogs(options.MetricFilters.Count);
        }

        foreach ((string name, MetricFilterOptions filter) in options.MetricFilters)
        {
            if (FilterPattern.Parse(filter.Pattern).LacksField(filter.Value))
            {
                _logger.FilterWithoutValue(name, filter.Value);
            }
        }
    }

    private void WarnOfKeys(IConfiguration configuration)
    {
        IReadOnlyList<string> faults = ConfigurationKeys.Faults(configuration);
        foreach (string fault in faults.Take(MaxKeyWarnings))
        {
            _logger.KeyWithoutEffect(fault);
        }

        if (faults.Count > MaxKeyWarnings)
        {
            _logger.KeyWithoutEffect(
                $"{faults.Count - MaxKeyWarnings} further keys below {CloudObserveOptions.SectionName} have no effect either.");
        }

        IConfigurationSection section = configuration.GetSection(CloudObserveOptions.SectionName);
        if (!hasLogs && UsesLogs(section.GetSection(nameof(options.Logs))))
        {
            _logger.SectionWithoutEffect(nameof(options.Logs), "logs are", nameof(CloudObserveBuilder.WithLogs));
        }

        if (!hasAuditTrail && section.GetSection(nameof(options.AuditTrail)).Exists())
        {
            _logger.SectionWithoutEffect(nameof(options.AuditTrail), "the audit trail is", nameof(CloudObserveBuilder.WithAuditTrail));
        }
    }

    // Without logs, these options still matter: the embedded metric format uses the logs' group, and the audit trail uses the logs'
    // redaction rules.
    private bool UsesLogs(IConfigurationSection logs) => options.Metrics.EmbeddedMetricFormat is not { Target: EmbeddedMetricTarget.Logs }
        && logs.GetChildren().Any(c => !hasAuditTrail || !c.Key.Equals(nameof(options.Logs.Redaction), StringComparison.OrdinalIgnoreCase));

    private static string Reasons(LedgerSnapshot books) => string.Join(", ", books.Lost.Select(l => $"{l.Key}: {l.Value}"));

    private void StoppedWithLoss(string signal, LedgerSnapshot books)
    {
        string reasons = Reasons(books);
        if (books.Lost.Keys.All(reason => reason.IsIntended))
        {
            _logger.StoppedWithIntendedLoss(signal, books.Accepted, books.Delivered, books.TotalLost, reasons);
        }
        else
        {
            _logger.StoppedWithLoss(signal, books.Accepted, books.Delivered, books.TotalLost, reasons);
        }
    }
}
