namespace CloudObserve.Filters.Patterns.Evaluation;

/// <summary>A value met in an event. Its number is read once, however many conditions ask for it.</summary>
/// <param name="kind">What the event says the value is.</param>
/// <param name="text">Its text, unescaped.</param>
internal ref struct Scalar(FilterValueKind kind, ReadOnlySpan<byte> text)
{
    private double _number;
    private bool? _isNumber;

    internal readonly FilterValueKind Kind => kind;

    internal ReadOnlySpan<byte> Text { get; } = text;

    internal bool TryGetNumber(out double number)
    {
        _isNumber ??= Numbers.TryParse(Text, out _number);
        number = _number;
        return _isNumber.Value;
    }
}
