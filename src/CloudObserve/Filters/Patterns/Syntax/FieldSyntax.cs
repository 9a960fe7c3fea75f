namespace CloudObserve.Filters.Patterns.Syntax;

/// <summary>One field of a space-delimited pattern.</summary>
/// <param name="Name">Its name, or <see langword="null"/>.</param>
/// <param name="Condition">What it must fulfil; the comparisons in it have no path.</param>
/// <param name="IsEllipsis">Whether it is <c>...</c>, which stands for any number of fields.</param>
internal sealed record FieldSyntax(string? Name, Expression? Condition, bool IsEllipsis)
{
    internal static readonly FieldSyntax Ellipsis = new(null, null, true);
    internal static readonly FieldSyntax Unnamed = new(null, null, false);
}
