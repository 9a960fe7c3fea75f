using CloudObserve.Filters.Patterns.Syntax;

namespace CloudObserve.Filters.Patterns.Evaluation;

/// <summary>Represents a scalar value of an event.</summary>
/// <remarks>Its number is parsed once for all conditions.</remarks>
/// <param name="kind">The kind of the value in the event.</param>
/// <param name="text">The unescaped text. For a number, the text as written in the event.</param>
internal ref struct Scalar(FilterValueKind kind, ReadOnlySpan<byte> text)
{
    private double _number;
    private bool? _isNumber;

    internal readonly FilterValueKind Kind => kind;

    /// <summary>Gets a value indicating whether <c>=</c> and <c>!=</c> apply to the value.</summary>
    /// <remarks>Only <c>IS</c> applies to Booleans and null.</remarks>
    internal readonly bool IsComparable => kind is FilterValueKind.Number or FilterValueKind.Text or FilterValueKind.Field;

    internal ReadOnlySpan<byte> Text { get; } = text;

    internal bool TryGetNumber(out double number)
    {
        _isNumber ??= Numbers.TryParse(Text, out _number);
        number = _number;
        return _isNumber.Value;
    }
}
