using CloudObserve.Contracts;
using CloudObserve.Diagnostics;
using CloudObserve.LogEvents.Routing;

namespace CloudObserve.Metrics;

/// <summary>Validates the options of metrics.</summary>
internal static class MetricsOptionsValidator
{
    private const string Format = "Metrics:EmbeddedMetricFormat";
    private const int MaxSeriesPerMetric = 100_000;
    private const int MaxSeries = 1_000_000;
    private const int MaxDatumsPerSeries = 100;
    private const int MinSamplesPerSeries = 100;
    private const int MaxSamplesPerSeries = 10_000_000;
    private static readonly TimeSpan MinPublishInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxPublishInterval = TimeSpan.FromHours(1);
    private static readonly TimeSpan MinIdleSeriesTimeout = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan MaxIdleSeriesTimeout = TimeSpan.FromDays(1);
    private static readonly TimeSpan MinObservationTimeout = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan MaxObservationTimeout = TimeSpan.FromMinutes(1);

    internal static void Check(OptionFaults faults, MetricsOptions metrics)
    {
        CheckMetrics(faults, metrics);
        CheckPerMetric(faults, metrics);
        CheckEmbeddedFormat(faults, metrics);
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

        faults.Range("Metrics:PublishInterval", metrics.PublishInterval, MinPublishInterval, MaxPublishInterval);
        faults.Range("Metrics:MaxSeriesPerMetric", metrics.MaxSeriesPerMetric, 1, MaxSeriesPerMetric);
        faults.Range("Metrics:MaxSeries", metrics.MaxSeries, 1, MaxSeries);
        faults.Range("Metrics:IdleSeriesTimeout", metrics.IdleSeriesTimeout, MinIdleSeriesTimeout, MaxIdleSeriesTimeout);
        faults.Range("Metrics:ObservationTimeout", metrics.ObservationTimeout, MinObservationTimeout, MaxObservationTimeout);
        faults.Range("Metrics:MaxDatumsPerSeries", metrics.MaxDatumsPerSeries, 1, MaxDatumsPerSeries);
        CheckMeters(faults, metrics.Meters);
    }

    private static void CheckMeters(OptionFaults faults, IList<string> meters)
    {
        for (int i = 0; i < meters.Count; i++)
        {
            if (string.IsNullOrWhiteSpace(meters[i]))
            {
                faults.Add($"Metrics:Meters:{i}", meters[i], "a meter's name must not be blank");
            }
            else if (meters[i].AsSpan().ContainsAny('?', '\\'))
            {
                faults.Add($"Metrics:Meters:{i}", meters[i], "the only wildcard in a meter's name is *");
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

    private static void CheckEmbeddedFormat(OptionFaults faults, MetricsOptions metrics)
    {
        if (metrics.EmbeddedMetricFormat is not { } format)
        {
            return;
        }

        faults.Rule($"{Format}:LogGroup", format.LogGroup, format.LogGroup is null ? null : LogRules.CheckLogGroup(format.LogGroup));
        faults.Rule($"{Format}:LogStream", format.LogStream, LogRules.CheckLogStream(format.LogStream));
        faults.Defined($"{Format}:Target", format.Target);
        faults.Range($"{Format}:MaxSamplesPerSeries", format.MaxSamplesPerSeries, MinSamplesPerSeries, MaxSamplesPerSeries);
        foreach (string name in metrics.DefaultDimensions.Keys)
        {
            faults.Rule($"Metrics:DefaultDimensions:{name}", name, EmbeddedMetricRules.CheckDimensionName(name));
        }
    }
}
