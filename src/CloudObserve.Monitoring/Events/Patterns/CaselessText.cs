using System.Globalization;

namespace CloudObserve.Monitoring.Events.Patterns;

/// <summary>Represents a text that is compared without regard to case, as EventBridge does.</summary>
/// <remarks>
/// Each character of the pattern stands for its lower and its upper case, as Java maps a single character. Java writes some upper cases
/// with several letters, such as SS for ß. The letters of the value are not mapped, so that SS in a pattern does not stand for ß.
/// </remarks>
internal sealed class CaselessText
{
    private readonly (byte[] Lower, byte[] Upper)[] _letters;

    internal CaselessText(string text)
    {
        List<(byte[] Lower, byte[] Upper)> letters = [];
        for (int i = 0; i < text.Length; i++)
        {
            bool isPair = char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
            string letter = text.Substring(i, isPair ? 2 : 1);
            i += isPair ? 1 : 0;
            letters.Add((Wtf8.Encode(Lower(letter)), Wtf8.Encode(LongUpperCases.Of(letter))));
        }

        _letters = [.. letters];
    }

    /// <summary>Returns the lower case of ASCII letters.</summary>
    internal static byte Fold(byte letter) => letter is >= (byte)'A' and <= (byte)'Z' ? (byte)(letter | 0x20) : letter;

    /// <summary>Returns whether a value begins with the text.</summary>
    internal bool IsPrefix(ReadOnlySpan<byte> value) => Take(value, out _);

    /// <summary>Returns whether a value is the text.</summary>
    internal bool IsEqual(ReadOnlySpan<byte> value) => Take(value, out int length) && length == value.Length;

    /// <summary>Returns whether a value ends with the text.</summary>
    internal bool IsSuffix(ReadOnlySpan<byte> value)
    {
        for (int i = _letters.Length - 1; i >= 0; i--)
        {
            (byte[] lower, byte[] upper) = _letters[i];
            byte[]? found = value.EndsWith(lower) ? lower : value.EndsWith(upper) ? upper : null;
            if (found is null)
            {
                return false;
            }

            value = value[..^found.Length];
        }

        return true;
    }

    private static string Lower(string letter) => letter == "İ" ? "i\u0307" : letter.ToLower(CultureInfo.InvariantCulture);

    private bool Take(ReadOnlySpan<byte> value, out int length)
    {
        length = 0;
        foreach ((byte[] lower, byte[] upper) in _letters)
        {
            ReadOnlySpan<byte> rest = value[length..];
            byte[]? found = rest.StartsWith(lower) ? lower : rest.StartsWith(upper) ? upper : null;
            if (found is null)
            {
                return false;
            }

            length += found.Length;
        }

        return true;
    }
}
