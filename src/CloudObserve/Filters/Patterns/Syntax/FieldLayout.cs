using System.Collections.Immutable;

namespace CloudObserve.Filters.Patterns.Syntax;

/// <summary>The fields of a pattern before and behind its ellipsis.</summary>
internal sealed class FieldLayout
{
    internal FieldLayout(FieldsSyntax syntax)
    {
        // [] says the same as [...]: any number of fields, none of them named.
        ImmutableArray<FieldSyntax> fields = syntax.Fields.IsEmpty ? [FieldSyntax.Ellipsis] : syntax.Fields;
        int ellipsis = fields.IndexOf(FieldSyntax.Ellipsis);
        HasEllipsis = ellipsis >= 0;
        Head = HasEllipsis ? fields[..ellipsis] : fields;
        Tail = HasEllipsis ? fields[(ellipsis + 1)..] : [];
    }

    internal bool HasEllipsis { get; }

    internal ImmutableArray<FieldSyntax> Head { get; }

    internal ImmutableArray<FieldSyntax> Tail { get; }

    /// <summary>Gets the name of the field at a place of an event.</summary>
    /// <param name="index">The zero-based place.</param>
    /// <param name="count">How many fields the event has.</param>
    /// <returns>The name, or <see langword="null"/> when the pattern gives none.</returns>
    internal string? NameAt(int index, int count)
    {
        int inTail = index - (count - Tail.Length);
        return index < Head.Length ? Head[index].Name : inTail >= 0 ? Tail[inTail].Name : null;
    }
}
