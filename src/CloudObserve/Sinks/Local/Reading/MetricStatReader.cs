using CloudObserve.Sinks.Local.Queries;
using CloudObserve.Sinks.Local.Storage;

namespace CloudObserve.Local;

/// <summary>Reads the values of one statistic of one metric into memory of the caller.</summary>
/// <remarks>
/// The request is checked once, when the reader is created. Each read gives the same values as <c>GetMetricData</c>. It allocates nothing
/// for <c>SampleCount</c>, <c>Average</c>, <c>Sum</c>, <c>Minimum</c> and <c>Maximum</c> if the period is not longer than that of the
/// stored datapoints.
/// </remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
public sealed class MetricStatReader
{
    private readonly MetricStore _store;
    private readonly MetricIdentity _identity;
    private readonly string? _unit;
    private readonly long _period;
    private readonly Func<Aggregate, double?> _evaluate;

    internal MetricStatReader(MetricStore store, MetricStat stat)
    {
        _store = store;
        Stat = stat;
        _identity = MetricQueryRules.Check(stat.Metric, "MetricStat.Metric.");
        _unit = MetricQueryRules.CheckUnit(stat.Unit, "MetricStat.Unit");
        _period = PeriodRules.Check(stat.Period, "MetricStat.Period");
        _evaluate = StatisticParser.Parse(stat.Stat, "MetricStat.Stat").Evaluate;
    }

    /// <summary>Gets the metric, the period, the statistic and the unit.</summary>
    public MetricStat Stat { get; }

    /// <summary>Reads the values of consecutive periods.</summary>
    /// <param name="startTime">The start of the first period. As in <c>GetMetricData</c>, it is rounded down: to a whole minute, to 5
    /// minutes if it is more than 15 days ago, to the hour if it is more than 63 days ago, and to the period if that is less than a
    /// minute.</param>
    /// <param name="values">Receives the value of each period. A period without a value is <see cref="double.NaN"/>.</param>
    /// <returns>The start of the first period, and whether the metric has values in several units.</returns>
    /// <remarks>CloudWatch keeps short periods for a limited time. If the period is too short for a start that long ago, there are no
    /// values.</remarks>
    public MetricStatReading Read(DateTimeOffset startTime, Span<double> values) => Read(startTime, values, []);

    /// <summary>Reads the values of consecutive periods, and the number of samples of each value.</summary>
    /// <param name="startTime">The start of the first period, which is rounded as by the other overload.</param>
    /// <param name="values">Receives the value of each period. A period without a value is <see cref="double.NaN"/>.</param>
    /// <param name="sampleCounts">Receives the number of samples of each value, or <see cref="double.NaN"/>. It is empty, or as long as
    /// <paramref name="values"/>.</param>
    /// <returns>The start of the first period, and whether the metric has values in several units.</returns>
    /// <exception cref="ArgumentException"><paramref name="sampleCounts"/> has another length.</exception>
    public MetricStatReading Read(DateTimeOffset startTime, Span<double> values, Span<double> sampleCounts)
    {
        if (!sampleCounts.IsEmpty && sampleCounts.Length != values.Length)
        {
            throw new ArgumentException(
                $"sampleCounts has {sampleCounts.Length} elements, but must be empty or have {values.Length} as values has.",
                nameof(sampleCounts));
        }

        values.Fill(double.NaN);
        sampleCounts.Fill(double.NaN);
        long start = startTime.ToUnixTimeSeconds();
        if (PeriodRules.Start(start, _period, _store.Now) is not { } first)
        {
            return new MetricStatReading(startTime, HasMultipleUnits: false);
        }

        WindowRange range = new(first, End(first, values.Length), _period);
        int units = _store.Read(_identity, _unit, range, _evaluate, values, sampleCounts);
        return new MetricStatReading(DateTimeOffset.FromUnixTimeSeconds(first), HasMultipleUnits: units > 1);
    }

    // Beyond the last second that a time can have, there is no data.
    private long End(long first, int count) =>
        _period <= (DateTimeOffset.MaxValue.ToUnixTimeSeconds() - first) / Math.Max(1, count)
            ? first + (_period * count)
            : DateTimeOffset.MaxValue.ToUnixTimeSeconds();
}
