using System.Text.RegularExpressions;
using CloudObserve.Monitoring.Insights.Values;

namespace CloudObserve.Monitoring.Insights.Language;

/// <summary>Represents an expression of a query.</summary>
/// <param name="Position">The zero-based position in the query.</param>
internal abstract record QueryNode(int Position)
{
    /// <summary>Gets the expressions of which this one consists.</summary>
    internal virtual IEnumerable<QueryNode> Children => [];

    /// <summary>Gets this expression and all expressions in it.</summary>
    internal IEnumerable<QueryNode> All => Children.SelectMany(static child => child.All).Prepend(this);

    /// <summary>A number or a text.</summary>
    internal sealed record Constant(int Position, LogValue Value) : QueryNode(Position);

    /// <summary>A field, or a part of an earlier value, by its name with dots.</summary>
    internal sealed record Field(int Position, string Name) : QueryNode(Position);

    /// <summary>A part of the value of an expression.</summary>
    internal sealed record Part(int Position, QueryNode Of, string Path) : QueryNode(Position)
    {
        internal override IEnumerable<QueryNode> Children => [Of];
    }

    /// <summary>A call of a function, with the text of the call. <c>*</c> is no argument.</summary>
    internal sealed record Call(int Position, string Name, IReadOnlyList<QueryNode> Arguments, string Text) : QueryNode(Position)
    {
        internal override IEnumerable<QueryNode> Children => Arguments;
    }

    /// <summary>A period such as <c>5m</c>.</summary>
    internal sealed record Period(int Position, QueryPeriod Value) : QueryNode(Position);

    /// <summary><c>not</c> or the minus sign.</summary>
    internal sealed record Unary(int Position, string Operator, QueryNode Operand) : QueryNode(Position)
    {
        internal override IEnumerable<QueryNode> Children => [Operand];
    }

    /// <summary>An operator between two values.</summary>
    internal sealed record Binary(int Position, string Operator, QueryNode Left, QueryNode Right) : QueryNode(Position)
    {
        internal override IEnumerable<QueryNode> Children => [Left, Right];
    }

    /// <summary><c>like</c> with a text.</summary>
    internal sealed record Contains(int Position, QueryNode Value, string Text) : QueryNode(Position)
    {
        internal override IEnumerable<QueryNode> Children => [Value];
    }

    /// <summary><c>like</c> or <c>=~</c> with a regular expression.</summary>
    internal sealed record Matches(int Position, QueryNode Value, Regex Regex) : QueryNode(Position)
    {
        internal override IEnumerable<QueryNode> Children => [Value];
    }

    /// <summary><c>in</c> with a list of values.</summary>
    internal sealed record Membership(int Position, QueryNode Value, IReadOnlyList<QueryNode> Elements) : QueryNode(Position)
    {
        internal override IEnumerable<QueryNode> Children => [Value, .. Elements];
    }

    /// <summary><c>in</c> with a query in brackets.</summary>
    internal sealed record Subquery(int Position, QueryNode Value, IReadOnlyList<QueryCommand> Commands) : QueryNode(Position)
    {
        internal override IEnumerable<QueryNode> Children => [Value];
    }
}
