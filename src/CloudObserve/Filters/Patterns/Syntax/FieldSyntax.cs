namespace CloudObserve.Filters.Patterns.Syntax;

/// <summary>Represents one field of a space-delimited pattern.</summary>
/// <param name="Name">The name of the field, or <see langword="null"/>.</param>
/// <param name="Condition">The condition on the field; its comparisons have no path.</param>
/// <param name="IsEllipsis">Whether the field is <c>...</c>, which stands for any number of fields.</param>
internal sealed record FieldSyntax(string? Name, Expression? Condition, bool IsEllipsis)
{
    internal static readonly FieldSyntax Ellipsis = new(null, null, true);
    internal static readonly FieldSyntax Unnamed = new(null, null, false);
}
