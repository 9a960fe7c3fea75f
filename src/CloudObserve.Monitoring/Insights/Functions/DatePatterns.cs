using System.Globalization;
using System.Text;

namespace CloudObserve.Monitoring.Insights.Functions;

/// <summary>Translates the patterns of dates.</summary>
internal static class DatePatterns
{
    /// <summary>Translates a pattern of Java to a format of .NET.</summary>
    /// <returns><see langword="null"/> if the pattern has a letter that is not supported.</returns>
    internal static string? FromJava(string pattern)
    {
        StringBuilder format = new();
        for (int i = 0; i < pattern.Length;)
        {
            char letter = pattern[i];
            if (letter == '\'')
            {
                int end = pattern.IndexOf('\'', i + 1);
                string quoted = end < 0 ? "" : pattern[(i + 1)..end];
                _ = format.Append(end == i + 1 ? "\\'" : Quote(quoted));
                i = end < 0 ? pattern.Length : end + 1;
                continue;
            }

            int count = pattern.AsSpan(i).IndexOfAnyExcept(letter) is var run && run < 0 ? pattern.Length - i : run;
            if (!char.IsAsciiLetter(letter))
            {
                _ = format.Append(Quote(new string(letter, count)));
            }
            else if (Letters(letter, count) is { } letters)
            {
                _ = format.Append(letters);
            }
            else
            {
                return null;
            }

            i += count;
        }

        return format.Length == 1 ? $"%{format}" : format.ToString();
    }

    internal static bool HasZone(string format) =>
        format.Contains('z', StringComparison.Ordinal) || format.Contains('K', StringComparison.Ordinal);

    /// <summary>Writes a part of a time for a letter behind a percent sign.</summary>
    /// <returns><see langword="null"/> if the letter is not supported.</returns>
    internal static string? Directive(DateTimeOffset time, char letter)
    {
        string? format = letter switch
        {
            'Y' => "yyyy",
            'y' => "yy",
            'm' => "MM",
            'd' => "dd",
            'H' => "HH",
            'I' => "hh",
            'M' => "mm",
            'S' => "ss",
            'f' => "ffffff",
            'L' => "fff",
            'a' => "ddd",
            'A' => "dddd",
            'b' or 'h' => "MMM",
            'B' => "MMMM",
            'p' => "tt",
            'F' => "yyyy-MM-dd",
            'T' =>
                "HH:mm:ss",
            'R' => "HH:mm",
            'D' => "MM/dd/yy",
            _ => null,
        };
        return format is not null ? time.ToString(format, CultureInfo.InvariantCulture) : letter switch
        {
            'e' => time.Day.ToString(CultureInfo.InvariantCulture).PadLeft(2),
            'j' => time.DayOfYear.ToString("D3", CultureInfo.InvariantCulture),
            's' => time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
            'u' => (time.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)time.DayOfWeek).ToString(CultureInfo.InvariantCulture),
            'w' => ((int)time.DayOfWeek).ToString(CultureInfo.InvariantCulture),
            'z' => time.ToString("zzz", CultureInfo.InvariantCulture).Replace(":", "", StringComparison.Ordinal),
            'Z' => time.Offset == TimeSpan.Zero ? "UTC" : time.ToString("zzz", CultureInfo.InvariantCulture),
            '%' => "%",
            'n' => "\n",
            't' => "\t",
            _ => null,
        };
    }

    private static string? Letters(char letter, int count) => letter switch
    {
        'y' or 'u' => count == 2 ? "yy" : "yyyy",
        'M' or 'L' => new string('M', Math.Min(count, 4)),
        'd' => new string('d', Math.Min(count, 2)),
        'E' => count >= 4 ? "dddd" : "ddd",
        'H' => new string('H', Math.Min(count, 2)),
        'h' => new string('h', Math.Min(count, 2)),
        'm' => new string('m', Math.Min(count, 2)),
        's' => new string('s', Math.Min(count, 2)),
        'S' => count <= 7 ? new string('f', count) : null,
        'a' => "tt",
        'X' or 'x' => "K",
        'Z' => "zzz",
        _ => null,
    };

    private static string Quote(string literal) => string.Concat(literal.Select(static c => $"\\{c}"));
}
