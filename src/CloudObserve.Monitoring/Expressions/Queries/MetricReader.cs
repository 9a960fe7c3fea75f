using System.Globalization;
using System.Text.RegularExpressions;
using CloudObserve.Local;

namespace CloudObserve.Monitoring.Expressions.Queries;

/// <summary>Reads metrics from the embedded CloudWatch.</summary>
internal sealed partial class MetricReader(EmbeddedCloudWatch cloudWatch)
{
    /// <summary>Reads the values of metrics.</summary>
    /// <param name="queries">The queries, each with a metric.</param>
    /// <param name="range">The time range.</param>
    /// <param name="budget">The number of points that may be read.</param>
    /// <returns>The values, in the order of the queries.</returns>
    /// <exception cref="CloudWatchException">A query breaks a rule of CloudWatch. Its message numbers the given queries from 1.</exception>
    /// <exception cref="MathException">There are too many points.</exception>
    internal ReadMetric[] Read(IReadOnlyList<MetricDataQuery> queries, QueryRange range, MathBudget budget)
    {
        Reading[] readings = [.. queries.Select(query => new Reading(query, range, budget))];
        for (int start = 0; start < readings.Length; start += QueryLimits.MaxQueries)
        {
            ReadPages(new ArraySegment<Reading>(readings, start, Math.Min(QueryLimits.MaxQueries, readings.Length - start)), range);
        }

        return Array.ConvertAll(readings, static reading => reading.ToMetric());
    }

    /// <summary>Lists the metrics that received data within the last two weeks.</summary>
    /// <param name="request">The filter.</param>
    /// <param name="matches">Determines whether a metric is wanted.</param>
    /// <param name="limit">The largest number of metrics.</param>
    /// <returns>The metrics, and whether there are more than the limit.</returns>
    internal (List<MetricIdentifier> Metrics, bool AreMore) List(
        ListMetricsRequest request, Func<MetricIdentifier, bool> matches, int limit)
    {
        List<MetricIdentifier> found = [];
        string? token = null;
        do
        {
            ListMetricsResponse page = cloudWatch.ListMetrics(request with { NextToken = token });
            foreach (MetricIdentifier metric in page.Metrics)
            {
                if (!matches(metric))
                {
                    continue;
                }

                if (found.Count == limit)
                {
                    return (found, true);
                }

                found.Add(metric);
            }

            token = page.NextToken;
        }
        while (token is not null);
        return (found, false);
    }

    /// <summary>Replaces the numbers of queries in the message of a fault.</summary>
    /// <remarks>The message may repeat text of the request that looks like such a number.</remarks>
    internal static CloudWatchException Renumber(CloudWatchException fault, Func<int, int> numberOf) => new(
        fault.Code,
        Member().Replace(fault.Message, match =>
        {
            int number = int.Parse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture);
            return string.Create(CultureInfo.InvariantCulture, $"MetricDataQueries.member.{numberOf(number)}.");
        }));

    private void ReadPages(ArraySegment<Reading> readings, QueryRange range)
    {
        GetMetricDataRequest request = new()
        {
            MetricDataQueries =
                [.. readings.Select(static (reading, i) => reading.Query with { Id = $"m{i}", Label = null, ReturnData = true })],
            StartTime = range.Start,
            EndTime = range.End,
            ScanBy = ScanBy.TimestampAscending,
        };
        string? token = null;
        do
        {
            GetMetricDataResponse page = cloudWatch.GetMetricData(request with { NextToken = token });
            for (int i = 0; i < readings.Count; i++)
            {
                readings[i].Add(page.MetricDataResults[i]);
            }

            token = page.NextToken;
        }
        while (token is not null);
    }

    [GeneratedRegex(@"MetricDataQueries\.member\.(?<number>[0-9]{1,3})\.")]
    private static partial Regex Member();

    /// <summary>Collects the pages of a query.</summary>
    private sealed class Reading(MetricDataQuery query, QueryRange range, MathBudget budget)
    {
        // A query whose period is invalid is refused when it is read.
        private TimeGrid _grid =
            query.MetricStat!.Period >= TimeSpan.FromSeconds(1) ? range.GridOf((long)query.MetricStat.Period.TotalSeconds) : default;

        private double[]? _points;
        private MetricDataStatusCode _status;
        private IReadOnlyList<MessageData> _messages = [];

        internal MetricDataQuery Query => query;

        internal void Add(MetricDataResult page)
        {
            if (_points is null)
            {
                Allocate(page.Timestamps);
            }

            for (int i = 0; i < page.Values.Count; i++)
            {
                int index = _grid.IndexOf(page.Timestamps[i].ToUnixTimeSeconds());
                if (index >= 0)
                {
                    _points![index] = page.Values[i];
                }
            }

            _status = page.StatusCode;
            _messages = page.Messages;
        }

        internal ReadMetric ToMetric()
        {
            SeriesSource source = new() { Metric = query.MetricStat!.Metric, Stat = query.MetricStat.Stat };
            return new ReadMetric(new MetricSeries(_grid, _points!, query.MetricStat.Metric.MetricName, source), _status, _messages);
        }

        // The store has a clock of its own: at the border of a retention time it may have rounded the start another way.
        private void Allocate(IReadOnlyList<DateTimeOffset> times)
        {
            if (times.Count > 0)
            {
                long start = times[0].ToUnixTimeSeconds();
                long offset = (start - _grid.Start) % _grid.Period;
                long first = Math.Min(start, offset == 0 ? _grid.Start : _grid.Start + offset - (offset > 0 ? _grid.Period : 0));
                long count = Math.Max(_grid.Count, ((times[^1].ToUnixTimeSeconds() - first) / _grid.Period) + 1);
                _grid = new TimeGrid(first, _grid.Period, (int)Math.Min(count, MathBudget.MaxPoints));
            }

            budget.Take(_grid.Count);
            _points = new double[_grid.Count];
            Array.Fill(_points, double.NaN);
        }
    }
}
