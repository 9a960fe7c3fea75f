namespace CloudObserve.Audit.Selection;

/// <summary>
/// A condition on one field. Of what is wanted one must hold; of what is not wanted all must; both groups must. A field with several values, such as
/// the resources, has what is wanted when one of them has it, and what is not wanted when one of them has that.
/// </summary>
/// <threadsafety>Immutable.</threadsafety>
internal sealed class FieldCondition(AuditFieldSelectorOptions options)
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
