namespace CloudObserve.Filters.Patterns.Evaluation;

/// <summary>A value met in an event. Its number is read once, however many conditions ask for it.</summary>
/// <param name="kind">What the event says the value is.</param>
/// <param name="text">Its text, unescaped; of a number, as it is written in the event.</param>
internal ref struct Scalar(FilterValueKind kind, ReadOnlySpan<byte> text)
{
    private double _number;
    private bool? _isNumber;

    internal readonly FilterValueKind Kind => kind;

    /// <summary>Gets a value indicating whether <c>=</c> and <c>!=</c> look at it. Booleans and null answer only to <c>IS</c>.</summary>
    internal readonly bool IsComparable => kind is FilterValueKind.Number or FilterValueKind.Text or FilterValueKind.Field;

    internal ReadOnlySpan<byte> Text { get; } = text;

    internal bool TryGetNumber(out double number)
    {
        _isNumber ??= Numbers.TryParse(Text, out _number);
        number = _number;
        return _isNumber.Value;
    }
}
