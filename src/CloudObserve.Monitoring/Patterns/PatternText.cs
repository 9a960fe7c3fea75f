using System.Globalization;
using System.Text;

namespace CloudObserve.Monitoring.Patterns;

/// <summary>Writes patterns as CloudWatch does, and finds the severity in them.</summary>
internal sealed class PatternText(WordTable words)
{
    private static readonly (string Word, string Label)[] Severities =
    [
        ("FATAL", "FATAL"), ("CRITICAL", "CRITICAL"), ("CRIT", "CRITICAL"), ("ERROR", "ERROR"), ("FAIL", "ERROR"), ("WARNING", "WARN"),
        ("WARN", "WARN"), ("NOTICE", "INFO"), ("INFORMATION", "INFO"), ("INFO", "INFO"), ("DEBUG", "DEBUG"), ("TRACE", "TRACE"),
    ];

    /// <summary>Writes the text of a shape, with a numbered placeholder such as <c>&lt;IPAddress-1&gt;</c> for each value.</summary>
    internal string Write(Shape shape)
    {
        StringBuilder text = new();
        ReadOnlySpan<int> tokens = shape.Tokens;
        ReadOnlySpan<ValueType> types = shape.Types;
        int values = 0;
        for (int i = 0; i < tokens.Length; i++)
        {
            if (tokens[i] == WordTable.Value)
            {
                ValueType type = types.IsEmpty || types[i] == ValueType.None ? ValueType.Token : types[i];
                text.Append(CultureInfo.InvariantCulture, $"<{type}-{++values}>");
            }
            else
            {
                text.Append(Encoding.UTF8.GetString(words.TextOf(tokens[i])));
            }
        }

        return text.ToString();
    }

    /// <summary>Returns the severity that the messages of a shape name, or <see langword="null"/>.</summary>
    /// <remarks>A name of a severity counts in capital letters, in quotes, in brackets, or behind a colon or an equal sign.</remarks>
    internal string? Severity(Shape shape)
    {
        ReadOnlySpan<int> tokens = shape.Tokens;
        for (int i = 0; i < tokens.Length; i++)
        {
            if (!words.Has(tokens[i], WordTraits.Text))
            {
                continue;
            }

            string word = Encoding.UTF8.GetString(words.TextOf(tokens[i])).TrimEnd('.', '!');
            bool isMarked = words.Has(tokens[i], WordTraits.Capitals) || (i > 0 && words.Has(tokens[i - 1], WordTraits.Delimiter)
                && tokens[i - 1] != WordTable.Space);
            int found = isMarked ? Array.FindIndex(Severities, s => s.Word.Equals(word, StringComparison.OrdinalIgnoreCase)) : -1;
            if (found >= 0)
            {
                return Severities[found].Label;
            }
        }

        return null;
    }
}
