namespace CloudObserve.Monitoring.Insights.Language;

/// <summary>Represents an expression with the name of its column.</summary>
/// <param name="Node">The expression.</param>
/// <param name="Name">The alias, the name of the field, or the text of the expression.</param>
/// <param name="HasAlias">Whether the name was given with <c>as</c>.</param>
internal sealed record NamedExpression(QueryNode Node, string Name, bool HasAlias);
