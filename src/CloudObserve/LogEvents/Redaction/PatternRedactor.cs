using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using CloudObserve.LogEvents.Text;

namespace CloudObserve.LogEvents.Redaction;

/// <summary>Replaces the matches of the user's own patterns: in the string values of JSON, or in plain text.</summary>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class PatternRedactor
{
    private readonly (string Name, Regex Expression)[] _patterns;
    private readonly Marker _marker;
    private readonly RedactionFindings _findings = new();
    private readonly ArrayBufferWriter<byte> _value = new();
    private readonly ArrayBufferWriter<byte> _json = new();
    private char[] _characters = [];

    internal PatternRedactor(IEnumerable<KeyValuePair<string, string>> patterns, Marker marker)
    {
        _patterns = [.. patterns.Select(p => (p.Key, Compile(p.Value)))];
        _marker = marker;
    }

    internal bool IsEmpty => _patterns.Length == 0;

    /// <summary>Compiles a pattern so that matching time is proportional to the length of any text.</summary>
    /// <exception cref="ArgumentException">The pattern is not a regular expression.</exception>
    /// <exception cref="NotSupportedException">The pattern needs backtracking.</exception>
    internal static Regex Compile(string pattern) => new(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    /// <summary>Writes the redacted text.</summary>
    /// <returns><see langword="false"/> if nothing matched and nothing was written.</returns>
    internal bool TryRedact(ReadOnlySpan<byte> text, IBufferWriter<byte> output)
    {
        if (!new EventText(text).IsJson)
        {
            return TryRedactPlain(text, output);
        }

        try
        {
            _json.ResetWrittenCount();
            bool found = TryRedactJson(text, _json);
            output.Write(_json.WrittenSpan);
            return found;
        }
        catch (Exception notJson) when (notJson is JsonException or InvalidOperationException)
        {
            // The text is not valid JSON, or a string in it is not valid text. The patterns are applied to it as plain text.
            return TryRedactPlain(text, output);
        }
    }

    private bool TryRedactPlain(ReadOnlySpan<byte> text, IBufferWriter<byte> output)
    {
        EnsureRoom(text.Length);
        ReadOnlySpan<char> characters = _characters.AsSpan(0, Encoding.UTF8.GetChars(text, _characters));
        if (!Match(characters))
        {
            return false;
        }

        WriteRedacted(characters, output);
        return true;
    }

    private bool TryRedactJson(ReadOnlySpan<byte> text, IBufferWriter<byte> output)
    {
        Utf8JsonReader reader = new(text);
        int copied = 0;
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.String)
            {
                continue;
            }

            EnsureRoom(reader.ValueSpan.Length);
            ReadOnlySpan<char> value = _characters.AsSpan(0, reader.CopyString(_characters));
            if (Match(value))
            {
                // From after the opening quotation mark to the closing one.
                output.Write(text[copied..((int)reader.TokenStartIndex + 1)]);
                _value.ResetWrittenCount();
                WriteRedacted(value, _value);
                JsonEscaper.Write(_value.WrittenSpan, output);
                copied = (int)reader.BytesConsumed - 1;
            }
        }

        if (copied > 0)
        {
            output.Write(text[copied..]);
        }

        return copied > 0;
    }

    private bool Match(ReadOnlySpan<char> text)
    {
        _findings.Clear();
        foreach ((string name, Regex expression) in _patterns)
        {
            foreach (ValueMatch match in expression.EnumerateMatches(text))
            {
                if (match.Length > 0)
                {
                    _findings.Add(new Finding(match.Index, match.Index + match.Length, name));
                }
            }
        }

        _findings.Merge();
        return _findings.Count > 0;
    }

    private void WriteRedacted(ReadOnlySpan<char> text, IBufferWriter<byte> output)
    {
        int copied = 0;
        foreach (Finding finding in _findings)
        {
            _ = Encoding.UTF8.GetBytes(text[copied..finding.Start], output);
            _marker.Write(finding.Kind, Encoding.UTF8.GetBytes(text[finding.Start..finding.End].ToArray()), output);
            copied = finding.End;
        }

        _ = Encoding.UTF8.GetBytes(text[copied..], output);
    }

    private void EnsureRoom(int characters)
    {
        if (_characters.Length < characters)
        {
            _characters = new char[Math.Max(characters, _characters.Length * 2)];
        }
    }
}
