using System.Text.RegularExpressions;
using CloudObserve.Insights;
using CloudObserve.Monitoring.Insights.Values;

namespace CloudObserve.Monitoring.Insights.Language;

/// <summary>Represents a command of a query.</summary>
/// <param name="Position">The zero-based position in the query.</param>
internal abstract record QueryCommand(int Position)
{
    internal sealed record Fields(int Position, IReadOnlyList<NamedExpression> Expressions) : QueryCommand(Position);

    internal sealed record Display(int Position, IReadOnlyList<NamedExpression> Expressions) : QueryCommand(Position);

    /// <summary><c>filter</c> and <c>where</c>, and <c>filterIndex</c>, which compares fields with values in the same way.</summary>
    internal sealed record Filter(int Position, QueryNode Condition) : QueryCommand(Position);

    internal sealed record Stats(
        int Position, IReadOnlyList<NamedExpression> Aggregates, IReadOnlyList<NamedExpression> Keys) : QueryCommand(Position);

    internal sealed record Sort(int Position, IReadOnlyList<SortKey> Keys) : QueryCommand(Position);

    internal sealed record SortKey(QueryNode Node, bool IsDescending);

    internal sealed record Limit(int Position, int Count, bool IsAny) : QueryCommand(Position);

    internal sealed record Dedup(int Position, IReadOnlyList<QueryNode> Keys) : QueryCommand(Position);

    /// <summary><c>parse</c> with a text in which each <c>*</c> is a value. There is one literal more than names.</summary>
    internal sealed record ParseGlob(
        int Position, QueryNode From, IReadOnlyList<string> Literals, IReadOnlyList<string> Names) : QueryCommand(Position);

    internal sealed record ParseRegex(int Position, QueryNode From, Regex Regex, bool IsMultiple) : QueryCommand(Position);

    /// <summary><c>parse</c> of a known format: <c>logfmt</c>, <c>csv</c>, <c>xml</c> or <c>json</c>.</summary>
    internal sealed record ParseFormat(
        int Position, QueryNode From, string Format, string Path, IReadOnlyList<string> Names) : QueryCommand(Position);

    internal sealed record Unnest(int Position, QueryNode List, string Name) : QueryCommand(Position);

    /// <summary><c>filldown</c>. Without names, all columns are filled; a name may have <c>*</c>.</summary>
    internal sealed record FillDown(int Position, IReadOnlyList<string> Names) : QueryCommand(Position);

    internal sealed record FillMissing(int Position, IReadOnlyList<KeyValuePair<string, LogValue>> Values) : QueryCommand(Position);

    internal sealed record Source(int Position, LogGroupSelection Selection) : QueryCommand(Position);

    internal sealed record Accumulate(int Position, string Field, string Name) : QueryCommand(Position);

    internal sealed record AutoRegress(int Position, string Field, int From, int To) : QueryCommand(Position);

    internal sealed record AddTotals(
        int Position, bool HasRow, bool HasColumn, string FieldName, string LabelField, string Label, IReadOnlyList<string> Names)
        : QueryCommand(Position);

    internal sealed record Outlier(int Position, IReadOnlyList<string> Names, double Factor, string Action) : QueryCommand(Position);

    /// <summary><c>sessionize</c>. A session ends when an event of the same keys is more than the span later than the one before
    /// it.</summary>
    internal sealed record Sessionize(int Position, IReadOnlyList<string> Keys, double MaxSpan) : QueryCommand(Position);

    internal sealed record Join(
        int Position, bool IsLeft, string LeftAlias, string RightAlias, string LeftField, string RightField,
        IReadOnlyList<QueryCommand> Right) : QueryCommand(Position);

    /// <summary><c>unmask</c>. Nothing is masked here, so the fields are shown as they are.</summary>
    internal sealed record Unmask(int Position, IReadOnlyList<NamedExpression> Expressions) : QueryCommand(Position);
}
