using CloudObserve.Local;
using CloudObserve.Monitoring;
using CloudObserve.Sinks.Local.Queries;
using CloudObserve.Sinks.Local.Storage;

namespace CloudObserve.Cli.Alarms.Scenarios;

/// <summary>Computes the datapoints of an alarm's metrics from the samples of a scenario, as CloudWatch computes its statistics.</summary>
internal sealed class ScenarioMetrics
{
    private readonly Dictionary<string, Metric> _metrics = new(StringComparer.Ordinal);

    internal ScenarioMetrics(AlarmDefinition alarm, IReadOnlyList<ScenarioSeries> series)
    {
        if (alarm.Metrics.Count == 0)
        {
            MetricIdentifier metric = new(alarm.Namespace!, alarm.MetricName!, alarm.Dimensions);
            Add("", metric, alarm.Unit, alarm.Statistic ?? alarm.ExtendedStatistic!, alarm.Period!.Value, series);
            return;
        }

        foreach (MetricDataQuery query in alarm.Metrics)
        {
            if (query.MetricStat is { } stat)
            {
                Add(query.Id, stat.Metric, stat.Unit, stat.Stat, stat.Period, series);
            }
        }
    }

    /// <summary>Gets the metrics of which the scenario has no series.</summary>
    internal IEnumerable<string> Missing =>
        _metrics.Values.Where(static metric => !metric.HasSeries).Select(static metric => metric.Name).Distinct();

    /// <summary>Gets the series that the alarm uses.</summary>
    internal IEnumerable<ScenarioSeries> Used => _metrics.Values.SelectMany(static metric => metric.Series);

    /// <summary>Returns the datapoint of the period that starts at a time.</summary>
    internal AlarmDatapoint Read(string id, DateTimeOffset start) => _metrics[id].Read(start);

    private void Add(
        string id, MetricIdentifier metric, string? unit, string statistic, TimeSpan period, IReadOnlyList<ScenarioSeries> series) =>
        _metrics.Add(id, new Metric(metric, statistic, period, [.. series.Where(one => one.IsOf(metric, unit))]));

    /// <summary>Represents a statistic of a metric.</summary>
    private sealed class Metric(MetricIdentifier metric, string statistic, TimeSpan period, ScenarioSeries[] series)
    {
        private readonly ScenarioSample[] _samples =
            [.. series.SelectMany(static one => one.Samples).OrderBy(static sample => sample.Time)];

        private readonly Statistic _statistic = StatisticParser.Parse(statistic, "Statistic");

        // A period is read again while it is in the range of an evaluation.
        private readonly Dictionary<DateTimeOffset, AlarmDatapoint> _datapoints = [];

        internal string Name => $"{metric.Namespace}/{metric.MetricName}"
            + string.Concat(metric.Dimensions.Select(static dimension => $" {dimension.Name}={dimension.Value}"));

        internal bool HasSeries => series.Length > 0;

        internal IEnumerable<ScenarioSeries> Series => series;

        internal AlarmDatapoint Read(DateTimeOffset start)
        {
            if (!_datapoints.TryGetValue(start, out AlarmDatapoint datapoint))
            {
                datapoint = Compute(start);
                _datapoints.Add(start, datapoint);
            }

            return datapoint;
        }

        private AlarmDatapoint Compute(DateTimeOffset start)
        {
            int first = FirstAt(start);
            int end = start > DateTimeOffset.MaxValue - period ? _samples.Length : FirstAt(start + period);
            if (first == end)
            {
                return new AlarmDatapoint(start, null);
            }

            ValueCount[] values = [.. _samples[first..end].Select(static sample => new ValueCount(sample.Value, sample.Count))];
            Aggregate data = Aggregate.Of(start.ToUnixTimeSeconds(), values);
            return new AlarmDatapoint(start, _statistic.Evaluate(data.WithHistogram())) { SampleCount = data.Count };
        }

        // The index of the first sample at a time or after it.
        private int FirstAt(DateTimeOffset time)
        {
            int low = 0;
            int high = _samples.Length;
            while (low < high)
            {
                int middle = (low + high) / 2;
                (low, high) = _samples[middle].Time < time ? (middle + 1, high) : (low, middle);
            }

            return low;
        }
    }
}
