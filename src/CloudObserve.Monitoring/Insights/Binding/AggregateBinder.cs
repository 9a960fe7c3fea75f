using CloudObserve.Monitoring.Insights.Aggregates;
using CloudObserve.Monitoring.Insights.Language;
using CloudObserve.Monitoring.Insights.Values;

namespace CloudObserve.Monitoring.Insights.Binding;

/// <summary>Binds the calls of aggregate functions in a command <c>stats</c>.</summary>
/// <param name="expressions">Binds the arguments.</param>
/// <param name="memory">The memory of the query.</param>
internal sealed class AggregateBinder(ExpressionBinder expressions, QueryMemory memory)
{
    private readonly List<(RowFunction Argument, Func<Aggregate> Create)> _calls = [];

    internal IReadOnlyList<(RowFunction Argument, Func<Aggregate> Create)> Calls => _calls;

    /// <summary>Gets the fields that the calls read.</summary>
    internal HashSet<string> FieldsRead { get; } = new(StringComparer.Ordinal);

    /// <summary>Binds a call.</summary>
    /// <returns>The index of the call; <see langword="null"/> if the function is no aggregate function.</returns>
    internal int? Bind(QueryNode.Call call)
    {
        if (LogAggregateFunctions.Find(call.Name) is not { } function)
        {
            return null;
        }

        IReadOnlyList<QueryNode> arguments = call.Arguments;
        bool hasParameter = function.Parameter != AggregateParameter.None;
        bool countsAll = arguments.Count == 0 && function.Name == "count";
        bool isPeriodAlone = function.Name == "countOverTime" && arguments.Count == 1;
        if (!countsAll && !isPeriodAlone && arguments.Count != (hasParameter ? 2 : 1))
        {
            throw new QuerySyntaxException(call.Position,
                $"the function '{call.Name}' takes {(hasParameter ? "2 arguments" : "1 argument")}, not {arguments.Count}");
        }

        (double number, QueryPeriod period) = hasParameter ? Parameter(call, function.Parameter) : default;
        if (countsAll || isPeriodAlone)
        {
            Func<Aggregate> create = countsAll ? static () => new CountAggregate(countsAll: true) : () =>
                function.Create(number, period, memory);
            _calls.Add((static _ => LogValue.From(1.0), create));
        }
        else
        {
            FieldsRead.UnionWith(arguments[0].All.OfType<QueryNode.Field>().Select(static field => field.Name));
            _calls.Add((expressions.Bind(arguments[0]), () => function.Create(number, period, memory)));
        }

        return _calls.Count - 1;
    }

    private static (double Number, QueryPeriod Period) Parameter(QueryNode.Call call, AggregateParameter parameter) =>
        (parameter, call.Arguments[^1]) switch
        {
            (AggregateParameter.Percent, QueryNode.Constant { Value: { Kind: LogValueKind.Number, Number: >= 0 and <= 100 } value }) =>
                (value.Number, default),
            (AggregateParameter.Period, QueryNode.Period period) => (0, period.Value),
            (AggregateParameter.Percent, _) => throw new QuerySyntaxException(
                call.Arguments[^1].Position, $"the function '{call.Name}' takes a percentile from 0 to 100, such as {call.Name}(f, 99)"),
            _ => throw new QuerySyntaxException(
                call.Arguments[^1].Position, $"the function '{call.Name}' takes a period such as {call.Name}(f, 1m)"),
        };
}
