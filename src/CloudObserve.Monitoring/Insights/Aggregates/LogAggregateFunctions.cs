using System.Collections.Frozen;
using System.Text;
using CloudObserve.Monitoring.Insights.Values;

namespace CloudObserve.Monitoring.Insights.Aggregates;

/// <summary>Holds the functions of the values of a group, by their names in any case.</summary>
internal static class LogAggregateFunctions
{
    private static readonly AggregateFunction[] All =
    [
        new("count", AggregateParameter.None, static (_, _, _) => new CountAggregate(countsAll: false)),
        new("sum", AggregateParameter.None, static (_, _, _) => new MomentsAggregate(static (_, sum, _) => sum)),
        new("avg", AggregateParameter.None, static (_, _, _) => new MomentsAggregate(static (count, sum, _) => sum / count)),
        new("variance", AggregateParameter.None, static (_, _, _) => new MomentsAggregate(static (count, _, squares) => squares / count)),
        new("stddev", AggregateParameter.None, static (_, _, _) =>
            new MomentsAggregate(static (count, _, squares) => Math.Sqrt(squares / count))),
        new("min", AggregateParameter.None, static (_, _, memory) => new ExtremeAggregate(-1, memory)),
        new("max", AggregateParameter.None, static (_, _, memory) => new ExtremeAggregate(1, memory)),
        new("sortsFirst", AggregateParameter.None, static (_, _, memory) => new SortedAggregate(-1, memory)),
        new("sortsLast", AggregateParameter.None, static (_, _, memory) => new SortedAggregate(1, memory)),
        new("earliest", AggregateParameter.None, static (_, _, memory) =>
            new TimedAggregate(memory, static (first, _, _, _) => Plain(first))),
        new("latest", AggregateParameter.None, static (_, _, memory) =>
            new TimedAggregate(memory, static (_, _, last, _) => Plain(last))),
        new("count_distinct", AggregateParameter.None, static (_, _, memory) =>
            new DistinctAggregate(memory, static values => LogValue.From((double)values.Count))),
        new("values", AggregateParameter.None, static (_, _, memory) => new DistinctAggregate(memory, Join)),
        new("pct", AggregateParameter.Percent, static (percent, _, memory) => new PercentileAggregate(percent, memory)),
        new("rate", AggregateParameter.Period, static (_, period, memory) => new TimedAggregate(memory, (first, start, last, end) =>
            Rate(first, start, last, end, period.Milliseconds))),
        new("countOverTime", AggregateParameter.Period, static (_, period, _) => new IntervalAggregate(period, counts: true)),
        new("sumOverTime", AggregateParameter.Period, static (_, period, _) => new IntervalAggregate(period, counts: false)),
    ];

    private static readonly FrozenDictionary<string, AggregateFunction> ByName = All
        .Select(static function => (function.Name, function))
        .Concat(new[] { ("countDistinct", "count_distinct"), ("count_over_time", "countOverTime"), ("sum_over_time", "sumOverTime") }
            .Select(static alias => (alias.Item1, All.Single(function => function.Name == alias.Item2))))
        .ToFrozenDictionary(static entry => entry.Item1, static entry => entry.Item2, StringComparer.OrdinalIgnoreCase);

    internal static IEnumerable<string> Names => All.Select(static function => function.Name);

    internal static AggregateFunction? Find(string name) => ByName.GetValueOrDefault(name);

    // The service prints the milliseconds of a time that an aggregate returns.
    private static LogValue Plain(in LogValue value) => value.Kind == LogValueKind.Time ? LogValue.From(value.Number) : value;

    private static LogValue Join(IReadOnlyList<DistinctValue> values) => values.Count == 0
        ? LogValue.Missing
        : LogValue.From(string.Join(',', values.Select(static value => Encoding.UTF8.GetString(value.Text))));

    private static LogValue Rate(in LogValue first, long start, in LogValue last, long end, double period) =>
        first.TryGetNumber(out double from) && last.TryGetNumber(out double to)
            ? LogValue.From(end > start ? (to - from) / ((end - start) / period) : 0)
            : LogValue.Missing;
}
