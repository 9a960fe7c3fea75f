using System.Globalization;
using System.Text;

namespace CloudObserve.Monitoring.Events.Patterns;

/// <summary>Represents a text in which an asterisk stands for any characters. A backslash makes an asterisk or backslash literal.</summary>
internal sealed class WildcardText
{
    // The literal texts between the asterisks; the first and the last may be empty.
    private readonly byte[][] _parts;
    private readonly int _minLength;

    private WildcardText(byte[][] parts)
    {
        _parts = parts;
        _minLength = parts.Sum(static p => p.Length);
    }

    /// <summary>Gets the text before the first asterisk.</summary>
    internal ReadOnlySpan<byte> Beginning => _parts[0];

    /// <summary>Gets the text behind the last asterisk.</summary>
    internal ReadOnlySpan<byte> Ending => _parts[^1];

    /// <summary>Returns the fault of a text in EventBridge's words; <see langword="null"/> if there is none.</summary>
    /// <remarks>EventBridge counts bytes, from 1: the quotation mark before the text is number 0.</remarks>
    internal static string? Fault(string text)
    {
        byte[] bytes = Wtf8.Encode(text);
        for (int i = 0; i < bytes.Length; i++)
        {
            bool isStar = bytes[i] == '*';
            bool followsStar = i + 1 < bytes.Length && bytes[i + 1] == '*';
            if (isStar && followsStar)
            {
                return string.Create(CultureInfo.InvariantCulture, $"Consecutive wildcard characters at pos {i + 1}");
            }

            if (bytes[i] == '\\')
            {
                if (!followsStar && !(i + 1 < bytes.Length && bytes[i + 1] == '\\'))
                {
                    return string.Create(CultureInfo.InvariantCulture, $"Invalid escape character at pos {i + 1}");
                }

                i++;
            }
        }

        return null;
    }

    /// <summary>Reads a text that has no fault.</summary>
    internal static WildcardText Parse(string text)
    {
        List<byte[]> parts = [];
        StringBuilder part = new();
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '*')
            {
                parts.Add(Wtf8.Encode(part.ToString()));
                _ = part.Clear();
                continue;
            }

            i += text[i] == '\\' ? 1 : 0;
            _ = part.Append(text[i]);
        }

        parts.Add(Wtf8.Encode(part.ToString()));
        return new WildcardText([.. parts]);
    }

    /// <summary>Returns whether a value matches.</summary>
    internal bool IsMatch(ReadOnlySpan<byte> value)
    {
        if (_parts.Length == 1)
        {
            return value.SequenceEqual(_parts[0]);
        }

        if (value.Length < _minLength || !value.StartsWith(Beginning) || !value.EndsWith(Ending))
        {
            return false;
        }

        ReadOnlySpan<byte> rest = value[Beginning.Length..^Ending.Length];
        for (int i = 1; i < _parts.Length - 1; i++)
        {
            int found = rest.IndexOf(_parts[i]);
            if (found < 0)
            {
                return false;
            }

            rest = rest[(found + _parts[i].Length)..];
        }

        return true;
    }
}
