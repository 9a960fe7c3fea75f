using System.Text;
using System.Text.RegularExpressions;
using CloudObserve.Monitoring.Insights.Functions;
using CloudObserve.Monitoring.Insights.Language;
using CloudObserve.Monitoring.Insights.Values;

namespace CloudObserve.Monitoring.Insights.Binding;

/// <summary>Turns expressions into functions of rows.</summary>
/// <param name="scope">The names.</param>
/// <param name="settings">The settings of the execution.</param>
/// <param name="place">Describes a position of the query.</param>
/// <remarks>The functions have buffers of their own, so that each thread binds the query anew.</remarks>
internal sealed class ExpressionBinder(QueryScope scope, QuerySettings settings, Func<int, string> place)
{
    /// <summary>Gets or sets the function that binds calls that are no functions of values.</summary>
    internal Func<QueryNode.Call, RowFunction?>? Calls { get; set; }

    /// <summary>Gets or sets the function that binds fields before their names are looked up.</summary>
    internal Func<QueryNode.Field, RowFunction?>? Fields { get; set; }

    /// <summary>Binds an expression.</summary>
    /// <exception cref="QuerySyntaxException">The expression is invalid.</exception>
    internal RowFunction Bind(QueryNode node)
    {
        switch (node)
        {
            case QueryNode.Constant constant:
                LogValue value = constant.Value;
                return _ => value;
            case QueryNode.Field field:
                return Fields?.Invoke(field) ?? scope.Resolve(field.Name);
            case QueryNode.Part part:
                return QueryScope.Part(Bind(part.Of), part.Path);
            case QueryNode.Call call:
                return BindCall(call);
            case QueryNode.Unary unary:
                return BindUnary(unary);
            case QueryNode.Binary binary:
                return Operators.Bind(binary.Operator, Bind(binary.Left), Bind(binary.Right));
            case QueryNode.Contains contains:
                return Contains(Bind(contains.Value), Encoding.UTF8.GetBytes(contains.Text));
            case QueryNode.Matches matches:
                return Matches(Bind(matches.Value), matches.Regex);
            case QueryNode.Membership membership:
                return In(Bind(membership.Value), [.. membership.Elements.Select(Bind)]);
            case QueryNode.Subquery subquery:
                return InSubquery(subquery);
            default:
                throw new QuerySyntaxException(node.Position,
                    $"a period at {place(node.Position)} can stand only in bin, datefloor, dateceil and over time");
        }
    }

    private RowFunction BindUnary(QueryNode.Unary unary)
    {
        RowFunction operand = Bind(unary.Operand);
        return unary.Operator == "-"
            ? row => operand(row).TryGetNumber(out double number) ? LogValue.From(-number) : LogValue.Missing
            : row => operand(row) is var value && value.IsMissing ? value : LogValue.From(!value.IsTrue);
    }

    private RowFunction BindCall(QueryNode.Call call)
    {
        if (scope.Column(call.Text) is { } column)
        {
            return row => row.Values[column];
        }

        if ((Calls?.Invoke(call) ?? new SpecialCalls(this, scope, settings, place).Bind(call)) is { } special)
        {
            return special;
        }

        if (ScalarFunctions.Find(call.Name) is not { } function)
        {
            string hint = Aggregates.LogAggregateFunctions.Find(call.Name) is null ? "" : ": an aggregate function stands in stats only";
            throw new QuerySyntaxException(call.Position, $"unexpected symbol found {call.Name} at {place(call.Position)}{hint}");
        }

        CheckCount(call, function.Least, function.Most);
        RowFunction[] arguments = [.. call.Arguments.Select(Bind)];
        LogValue[] values = new LogValue[arguments.Length];
        return row =>
        {
            for (int i = 0; i < arguments.Length; i++)
            {
                values[i] = arguments[i](row);
            }

            return ComputedText.Checked(function.Apply(values));
        };
    }

    /// <exception cref="QuerySyntaxException">The call has too many or too few arguments.</exception>
    internal static void CheckCount(QueryNode.Call call, int least, int most)
    {
        int count = call.Arguments.Count;
        if (count < least || count > most)
        {
            string range = least == most ? $"{least}"
                : most < ScalarFunction.Unlimited ? $"{least} to {most}"
                : count < least ? $"at least {least}"
                : $"at most {most}";
            throw new QuerySyntaxException(call.Position,
                $"the function '{call.Name}' takes {range} argument{(range == "1" ? "" : "s")}, not {count}");
        }
    }

    private static RowFunction Contains(RowFunction value, byte[] part) => row =>
    {
        LogValue text = value(row);
        return text.IsMissing ? text : LogValue.From(!text.IsStructure && text.ToUtf8().IndexOf(part) >= 0);
    };

    private static RowFunction Matches(RowFunction value, Regex regex)
    {
        string pattern = regex.ToString();
        if (Regex.Escape(pattern).Length == pattern.Length)
        {
            return Contains(value, Encoding.UTF8.GetBytes(pattern));
        }

        TextBuffer buffer = new();
        return row =>
        {
            LogValue text = value(row);
            return text.IsMissing ? text : LogValue.From(!text.IsStructure && regex.IsMatch(buffer.Decode(text.ToUtf8())));
        };
    }

    private static RowFunction In(RowFunction value, RowFunction[] elements) => row =>
    {
        LogValue left = value(row);
        if (left.IsMissing)
        {
            return left;
        }

        foreach (RowFunction element in elements)
        {
            if (LogComparison.AreEqual(left, element(row)) == true)
            {
                return LogValue.From(true);
            }
        }

        return LogValue.From(false);
    };

    private RowFunction InSubquery(QueryNode.Subquery subquery)
    {
        RowFunction value = Bind(subquery.Value);
        HashSet<string> values = [.. (settings.InnerResults.GetValueOrDefault(subquery.Commands[0]) ?? [])
            .Select(static row => row.Count > 0 ? row[0].ToText() : null).OfType<string>()];
        return row =>
        {
            LogValue left = value(row);
            return left.IsMissing ? left : LogValue.From(!left.IsStructure && values.Contains(left.ToText()!));
        };
    }
}
