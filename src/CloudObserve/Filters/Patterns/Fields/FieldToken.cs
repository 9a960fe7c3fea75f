namespace CloudObserve.Filters.Patterns.Fields;

/// <summary>Represents the location of a field in the event.</summary>
/// <param name="Start">The index of the first byte of the value.</param>
/// <param name="Length">The length of the value in bytes.</param>
/// <param name="IsDelimited">Whether the field has enclosing brackets or quotation marks, which are not part of the value.</param>
internal readonly record struct FieldToken(int Start, int Length, bool IsDelimited)
{
    internal int OuterStart => IsDelimited ? Start - 1 : Start;

    internal int OuterEnd => Start + Length + (IsDelimited ? 1 : 0);
}
