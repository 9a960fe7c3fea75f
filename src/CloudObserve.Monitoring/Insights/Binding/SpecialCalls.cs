using System.Text.RegularExpressions;
using CloudObserve.Monitoring.Insights.Functions;
using CloudObserve.Monitoring.Insights.Language;
using CloudObserve.Monitoring.Insights.Values;

namespace CloudObserve.Monitoring.Insights.Binding;

/// <summary>Binds the calls that need more than values: periods, constant patterns, or the times of the query.</summary>
internal sealed class SpecialCalls(ExpressionBinder expressions, QueryScope scope, QuerySettings settings, Func<int, string> place)
{
    internal static readonly string[] Names =
        ["bin", "datefloor", "dateceil", "now", "queryStartTime", "queryEndTime", "regexReplace", "histogram"];

    /// <summary>Binds a call.</summary>
    /// <returns><see langword="null"/> if the function is one of values.</returns>
    internal RowFunction? Bind(QueryNode.Call call) => call.Name.ToLowerInvariant() switch
    {
        "bin" => Bin(call),
        "datefloor" => Round(call, static (period, time) => period.Floor(time)),
        "dateceil" => Round(call, static (period, time) => period.Ceiling(time)),
        "now" => Constant(call, Math.Floor(settings.Now / 1_000)),
        "querystarttime" => Constant(call, settings.Start),
        "queryendtime" => Constant(call, settings.End),
        "regexreplace" or "regex_replace" => RegexReplace(call),
        "messagesize" when call.Arguments.Count == 0 =>
            expressions.Bind(call with { Arguments = [new QueryNode.Field(call.Position, "@message")] }),
        "histogram" => Histogram(call),
        _ => null,
    };

    private RowFunction Bin(QueryNode.Call call)
    {
        if (!scope.HasEvents)
        {
            throw new QuerySyntaxException(
                call.Position, $"unexpected symbol found bin at {place(call.Position)}: after stats there is no @timestamp; use datefloor");
        }

        ExpressionBinder.CheckCount(call, 1, 1);
        QueryPeriod period = Period(call, 0);
        _ = scope.SlotOf("@timestamp");
        return row => row.Timestamp == LogRow.NoTimestamp ? LogValue.Missing : LogValue.FromTime(period.Floor(row.Timestamp));
    }

    private RowFunction Round(QueryNode.Call call, Func<QueryPeriod, double, double> round)
    {
        ExpressionBinder.CheckCount(call, 2, 2);
        QueryPeriod period = Period(call, 1);
        RowFunction time = expressions.Bind(call.Arguments[0]);
        return row => LogTimes.TryGet(time(row), out double milliseconds)
            ? LogValue.FromTime(round(period, milliseconds))
            : LogValue.Missing;
    }

    // The lower bound of the bucket. The manual says that the number is that of the buckets; the service takes it as their width.
    private RowFunction Histogram(QueryNode.Call call)
    {
        ExpressionBinder.CheckCount(call, 2, 2);
        double width = call.Arguments[1] is QueryNode.Constant { Value: { Kind: LogValueKind.Number, Number: > 0 } constant }
            ? constant.Number
            : throw new QuerySyntaxException(call.Arguments[1].Position,
                "the function 'histogram' takes the width of its buckets, a positive number");
        RowFunction field = expressions.Bind(call.Arguments[0]);
        return row => field(row).TryGetNumber(out double number) ? LogValue.From(Math.Floor(number / width) * width) : LogValue.Missing;
    }

    private static RowFunction Constant(QueryNode.Call call, double? number)
    {
        ExpressionBinder.CheckCount(call, 0, 0);
        LogValue value = number is { } known ? LogValue.From(known) : LogValue.Missing;
        return _ => value;
    }

    private RowFunction RegexReplace(QueryNode.Call call)
    {
        ExpressionBinder.CheckCount(call, 3, 3);
        RowFunction text = expressions.Bind(call.Arguments[0]);
        Regex regex = QueryRegex.Compile(Text(call.Arguments[1]), call.Arguments[1].Position + 1);
        string replacement = TextFunctions.Replacement(Text(call.Arguments[2]));
        return row => TextFunctions.RegexReplace(text(row), regex, replacement);

        string Text(QueryNode node) => node is QueryNode.Constant { Value.Kind: LogValueKind.Text } constant
            ? constant.Value.ToText()!
            : throw new QuerySyntaxException(node.Position,
                $"the function '{call.Name}' takes its pattern and its replacement between quotation marks");
    }

    private QueryPeriod Period(QueryNode.Call call, int index) => call.Arguments[index] is QueryNode.Period period
        ? period.Value
        : throw new QuerySyntaxException(
            call.Arguments[index].Position,
                $"the function '{call.Name}' at {place(call.Position)} takes a period such as 5m, with one of the units ms, s, m, h, d, w, mo, q, y");
}
