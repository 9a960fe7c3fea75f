using System.Buffers;
using System.Text;
using CloudObserve.Filters.Patterns.Json;
using CloudObserve.Filters.Patterns.Syntax;

namespace CloudObserve.Filters;

/// <summary>Represents the location of a selected value in an event.</summary>
/// <remarks>It holds no bytes, so its methods take the event as an argument.</remarks>
public readonly record struct FilterCapture
{
    private const int StackBytes = 256;

    private readonly int _start;
    private readonly bool _isEscaped;

    internal FilterCapture(FilterValueKind kind, int start, int length, bool isEscaped)
    {
        Kind = kind;
        _start = start;
        Length = length;
        _isEscaped = isEscaped;
    }

    /// <summary>Gets the kind of the value.</summary>
    public FilterValueKind Kind { get; }

    /// <summary>Gets the length of the value in the event, in bytes.</summary>
    /// <remarks>The unescaped text is never longer.</remarks>
    public int Length { get; }

    /// <summary>Gets the bytes of the value in the event.</summary>
    /// <remarks>A JSON string is returned without quotation marks, but with its escapes.</remarks>
    /// <param name="utf8">The event.</param>
    /// <returns>A slice of the event; empty when the value is missing.</returns>
    public ReadOnlySpan<byte> GetRaw(ReadOnlySpan<byte> utf8) => utf8.Slice(_start, Length);

    /// <summary>Reads the value as a number.</summary>
    /// <param name="utf8">The event.</param>
    /// <param name="value">The number.</param>
    /// <returns>
    /// <see langword="true"/> if the value is a JSON number, or a JSON string or field that contains a number, and fits a
    /// <see cref="double"/>.
    /// </returns>
    public bool TryGetNumber(ReadOnlySpan<byte> utf8, out double value)
    {
        value = 0;
        bool isNumber = Kind is FilterValueKind.Number or FilterValueKind.Text or FilterValueKind.Field
            && (_isEscaped ? TryParseEscaped(utf8, out value) : Numbers.TryParse(GetRaw(utf8), out value))
            && double.IsFinite(value);
        value = isNumber ? value : 0;
        return isNumber;
    }

    /// <summary>Copies the unescaped text of the value.</summary>
    /// <param name="utf8">The event.</param>
    /// <param name="destination">The destination, at least <see cref="Length"/> bytes.</param>
    /// <param name="written">The number of bytes copied.</param>
    /// <returns><see langword="true"/> if the destination was large enough.</returns>
    public bool TryCopyText(ReadOnlySpan<byte> utf8, Span<byte> destination, out int written)
    {
        written = 0;
        if (destination.Length < Length)
        {
            return false;
        }

        ReadOnlySpan<byte> raw = GetRaw(utf8);
        if (_isEscaped)
        {
            written = JsonText.Unescape(raw, destination);
            return true;
        }

        raw.CopyTo(destination);
        written = raw.Length;
        return true;
    }

    /// <summary>Returns the unescaped text of the value as a new string.</summary>
    /// <param name="utf8">The event.</param>
    /// <returns>The text; <see langword="null"/> when the value is missing.</returns>
    public string? GetText(ReadOnlySpan<byte> utf8)
    {
        if (Kind == FilterValueKind.Missing)
        {
            return null;
        }

        byte[] text = new byte[Length];
        _ = TryCopyText(utf8, text, out int written);
        return Encoding.UTF8.GetString(text, 0, written);
    }

    private bool TryParseEscaped(ReadOnlySpan<byte> utf8, out double value)
    {
        byte[]? rented = null;
        Span<byte> text = Length <= StackBytes ? stackalloc byte[StackBytes] : rented = ArrayPool<byte>.Shared.Rent(Length);
        bool isNumber = Numbers.TryParse(text[..JsonText.Unescape(GetRaw(utf8), text)], out value);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return isNumber;
    }
}
