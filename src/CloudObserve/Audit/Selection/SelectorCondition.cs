namespace CloudObserve.Audit.Selection;

/// <summary>Represents a condition on one field.</summary>
/// <remarks>
/// At least one of the allowed values, beginnings and ends must match, if there are any, and none of the forbidden ones may match. A field
/// with several values, such as the resources, matches if any of its values does.
/// </remarks>
/// <threadsafety>Immutable.</threadsafety>
internal sealed class SelectorCondition(AuditFieldSelectorOptions options)
{
    private readonly string _field = options.Field;
    private readonly Values _wanted = new([.. options.EqualTo], [.. options.StartsWith], [.. options.EndsWith]);
    private readonly Values _unwanted = new([.. options.NotEqualTo], [.. options.NotStartsWith], [.. options.NotEndsWith]);

    internal bool Holds(AuditEvent auditEvent, string source)
    {
        bool hasWanted = _wanted.IsEmpty;
        foreach (string value in SelectorFields.ValuesOf(_field, auditEvent, source))
        {
            if (_unwanted.Fit(value))
            {
                return false;
            }

            hasWanted = hasWanted || _wanted.Fit(value);
        }

        return hasWanted;
    }

    private readonly record struct Values(string[] Whole, string[] Beginnings, string[] Ends)
    {
        internal bool IsEmpty => Whole.Length + Beginnings.Length + Ends.Length == 0;

        internal bool Fit(string value) =>
            Array.Exists(Whole, w => value == w)
            || Array.Exists(Beginnings, b => value.StartsWith(b, StringComparison.Ordinal))
            || Array.Exists(Ends, e => value.EndsWith(e, StringComparison.Ordinal));
    }
}
