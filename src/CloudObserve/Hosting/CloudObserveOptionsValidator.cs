using CloudObserve.Contracts;
using CloudObserve.Delivery;
using CloudObserve.Filters;
using CloudObserve.Filters.Transformations;
using CloudObserve.Local;
using CloudObserve.Logs;
using CloudObserve.Metrics;
using Microsoft.Extensions.Options;

namespace CloudObserve.Hosting;

/// <summary>Validates all options at start and reports all faults together.</summary>
/// <remarks>No value is corrected or clamped.</remarks>
internal sealed class CloudObserveOptionsValidator : IValidateOptions<CloudObserveOptions>
{
    private const int MiB = 1024 * 1024;

    /// <inheritdoc/>
    /// <exception cref="OptionFaultsException">
    /// The options have faults. An exception is thrown because a failed result would be written as one line.
    /// </exception>
    public ValidateOptionsResult Validate(string? name, CloudObserveOptions options)
    {
        OptionFaults faults = new();
        foreach (UnreadableValue unreadable in options.Unreadable)
        {
            faults.Add(unreadable.Key[(CloudObserveOptions.SectionName.Length + 1)..], unreadable.Value, unreadable.Rule);
        }

        faults.Defined(nameof(options.Destination), options.Destination);
        CheckMetrics(faults, options.Metrics);
        CheckPerMetric(faults, options.Metrics);
        EmbeddedMetricFormatChecks.Check(faults, options);
        LogsOptionsChecks.Check(faults, options.Logs);
        CheckFilters(faults, options.MetricFilters, options.Logs);
        AuditOptionsChecks.Check(faults, options.AuditTrail, options.Logs);
        CheckDelivery(faults, options.Delivery);
        CheckLocal(faults, options.Local);
        return faults.All.Count == 0 ? ValidateOptionsResult.Success : throw new OptionFaultsException(name ?? "", faults.All);
    }

    private static void CheckLocal(OptionFaults faults, LocalOptions local)
    {
        faults.Range("Local:MaxSeries", local.MaxSeries, LocalOptions.MinSeries, LocalOptions.MaxSeriesLimit);
        faults.Range("Local:MaxBytes", local.MaxBytes, LocalOptions.MinBytes, LocalOptions.MaxBytesLimit);
        faults.Range("Local:MaxLogBytes", local.MaxLogBytes, LocalOptions.MinBytes, LocalOptions.MaxBytesLimit);
        faults.Range("Local:MaxDiskBytes", local.MaxDiskBytes, LocalOptions.MinDiskBytes, LocalOptions.MaxDiskBytesLimit);
        if (local.Directory is { } directory
            && (string.IsNullOrWhiteSpace(directory) || directory.Contains('\0', StringComparison.Ordinal)))
        {
            faults.Add("Local:Directory", directory, "must be the path of a directory, or not set");
        }
    }

    private static void CheckMetrics(OptionFaults faults, MetricsOptions metrics)
    {
        if (metrics.Namespace is not null)
        {
            faults.Rule("Metrics:Namespace", metrics.Namespace, MetricRules.CheckNamespace(metrics.Namespace));
        }

        foreach ((string name, string value) in metrics.DefaultDimensions)
        {
            faults.Rule($"Metrics:DefaultDimensions:{name}", value, MetricRules.CheckDimension(new MetricDimension(name, value)));
        }

        if (metrics.DefaultDimensions.Count > ServiceLimits.PutMetricData.MaxDimensions)
        {
            faults.Add("Metrics:DefaultDimensions", metrics.DefaultDimensions.Count,
                $"CloudWatch takes at most {ServiceLimits.PutMetricData.MaxDimensions} dimensions");
        }

        faults.Range("Metrics:PublishInterval", metrics.PublishInterval, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        faults.Range("Metrics:MaxSeriesPerMetric", metrics.MaxSeriesPerMetric, 1, 100_000);
        faults.Range("Metrics:MaxSeries", metrics.MaxSeries, 1, 1_000_000);
        faults.Range("Metrics:IdleSeriesTimeout", metrics.IdleSeriesTimeout, TimeSpan.FromMinutes(1), TimeSpan.FromDays(1));
        faults.Range("Metrics:ObservationTimeout", metrics.ObservationTimeout, TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1));
        faults.Range("Metrics:MaxDatumsPerSeries", metrics.MaxDatumsPerSeries, 1, 100);
        for (int i = 0; i < metrics.Meters.Count; i++)
        {
            if (string.IsNullOrWhiteSpace(metrics.Meters[i]))
            {
                faults.Add($"Metrics:Meters:{i}", metrics.Meters[i], "a meter's name must not be blank");
            }
            else if (metrics.Meters[i].AsSpan().ContainsAny('?', '\\'))
            {
                faults.Add($"Metrics:Meters:{i}", metrics.Meters[i], "the only wildcard in a meter's name is *");
            }
        }
    }

    private static void CheckFilters(OptionFaults faults, IDictionary<string, MetricFilterOptions> filters, LogsOptions logs)
    {
        foreach ((string name, MetricFilterOptions filter) in filters)
        {
            foreach (MetricFilterFault fault in MetricFilterRules.Check(name, filter))
            {
                faults.Add(fault.Key.Length == 0 ? $"MetricFilters:{name}" : $"MetricFilters:{name}:{fault.Key}", fault.Value, fault.Rule);
            }

            if (filter.Provision && filter.LogGroups.Count == 0 && !ShippedGroups.AreFixed(logs))
            {
                faults.Add($"MetricFilters:{name}:LogGroups", null,
                    "must name the log groups to put the filter into, because those that logs go to have no fixed names");
            }
        }
    }

    private static void CheckPerMetric(OptionFaults faults, MetricsOptions metrics)
    {
        foreach ((string name, MetricOptions metric) in metrics.PerMetric)
        {
            string key = $"Metrics:PerMetric:{name}";
            faults.Rule(key, name, MetricRules.CheckName(name));
            faults.Defined($"{key}:Unit", metric.Unit);
            faults.Defined($"{key}:Resolution", metric.Resolution);
        }
    }

    private static void CheckDelivery(OptionFaults faults, DeliveryOptions delivery)
    {
        faults.Range("Delivery:MaxConcurrentRequests", delivery.MaxConcurrentRequests, 1, 64);
        faults.Range("Delivery:MaxBufferBytes", delivery.MaxBufferBytes, 2 * MiB, 1024 * MiB);
        faults.Range("Delivery:RequestTimeout", delivery.RequestTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5));
        faults.Range("Delivery:MaxRetryDelay", delivery.MaxRetryDelay, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
        faults.Range("Delivery:ShutdownTimeout", delivery.ShutdownTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
        faults.Range("Delivery:Spool:MaxBytes", delivery.Spool.MaxBytes, SpoolOptions.MinBytes, SpoolOptions.MaxBytesLimit);
        faults.Range("Delivery:Spool:SpillAfter", delivery.Spool.SpillAfter, TimeSpan.Zero, TimeSpan.FromHours(1));
    }
}
