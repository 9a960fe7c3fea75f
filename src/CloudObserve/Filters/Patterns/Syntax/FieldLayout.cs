using System.Collections.Immutable;

namespace CloudObserve.Filters.Patterns.Syntax;

/// <summary>Holds the fields of a pattern before and after its ellipsis.</summary>
internal sealed class FieldLayout
{
    internal FieldLayout(FieldsSyntax syntax)
    {
        // [] means the same as [...]: any number of fields without names.
        ImmutableArray<FieldSyntax> fields = syntax.Fields.IsEmpty ? [FieldSyntax.Ellipsis] : syntax.Fields;
        int ellipsis = fields.IndexOf(FieldSyntax.Ellipsis);
        HasEllipsis = ellipsis >= 0;
        Head = HasEllipsis ? fields[..ellipsis] : fields;
        Tail = HasEllipsis ? fields[(ellipsis + 1)..] : [];
    }

    internal bool HasEllipsis { get; }

    internal ImmutableArray<FieldSyntax> Head { get; }

    internal ImmutableArray<FieldSyntax> Tail { get; }

    /// <summary>Returns the name of a field at a position in an event.</summary>
    /// <param name="index">The zero-based position.</param>
    /// <param name="count">The number of fields in the event.</param>
    /// <returns>The name, or <see langword="null"/> if the pattern gives none.</returns>
    internal string? NameAt(int index, int count)
    {
        int inTail = index - (count - Tail.Length);
        return index < Head.Length ? Head[index].Name : inTail >= 0 ? Tail[inTail].Name : null;
    }
}
