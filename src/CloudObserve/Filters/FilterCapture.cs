using System.Buffers;
using System.Text;
using CloudObserve.Filters.Patterns.Evaluation;
using CloudObserve.Filters.Patterns.Json;

namespace CloudObserve.Filters;

/// <summary>Where in an event a selector found its value. It holds no bytes: its methods take the event it was found in.</summary>
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

    /// <summary>Gets what was found.</summary>
    public FilterValueKind Kind { get; }

    /// <summary>Gets the length of the value as it stands in the event, in bytes. The text without escapes is never longer.</summary>
    public int Length { get; }

    /// <summary>Gets the value as it stands in the event: a JSON string without its quotation marks but with its escapes.</summary>
    /// <param name="utf8">The event.</param>
    /// <returns>A slice of the event; empty when the value is missing.</returns>
    public ReadOnlySpan<byte> GetRaw(ReadOnlySpan<byte> utf8) => utf8.Slice(_start, Length);

    /// <summary>Gets the value as a number.</summary>
    /// <param name="utf8">The event.</param>
    /// <param name="value">The number.</param>
    /// <returns>Whether it is a JSON number, or a JSON string or a field that spells one, and fits a <see cref="double"/>.</returns>
    public bool TryGetNumber(ReadOnlySpan<byte> utf8, out double value)
    {
        value = 0;
        bool isNumber = Kind is FilterValueKind.Number or FilterValueKind.Text or FilterValueKind.Field
            && (_isEscaped ? TryParseEscaped(utf8, out value) : Numbers.TryParse(GetRaw(utf8), out value))
            && double.IsFinite(value);
        value = isNumber ? value : 0;
        return isNumber;
    }

    /// <summary>Copies the text of the value, without escapes.</summary>
    /// <param name="utf8">The event.</param>
    /// <param name="destination">At least <see cref="Length"/> bytes.</param>
    /// <param name="written">How many bytes were copied.</param>
    /// <returns>Whether there was room.</returns>
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

    /// <summary>Gets the text of the value, without escapes, as a new string.</summary>
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
