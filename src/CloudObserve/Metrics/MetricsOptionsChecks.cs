using CloudObserve.Contracts;
using CloudObserve.Diagnostics;

namespace CloudObserve.Metrics;

/// <summary>Validates the options of metrics.</summary>
internal static class MetricsOptionsChecks
{
    internal static void Check(OptionFaults faults, MetricsOptions metrics)
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
        CheckMeters(faults, metrics);
        CheckPerMetric(faults, metrics);
    }

    private static void CheckMeters(OptionFaults faults, MetricsOptions metrics)
    {
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
}
