namespace CloudObserve.Filters.Patterns.Fields;

/// <summary>Where a field stands in the event.</summary>
/// <param name="Start">Where its value begins.</param>
/// <param name="Length">How long its value is.</param>
/// <param name="IsDelimited">Whether it stands in brackets or quotation marks, which do not belong to the value.</param>
internal readonly record struct FieldToken(int Start, int Length, bool IsDelimited)
{
    internal int OuterStart => IsDelimited ? Start - 1 : Start;

    internal int OuterEnd => Start + Length + (IsDelimited ? 1 : 0);
}
