using System.Text;
using System.Text.RegularExpressions;
using CloudObserve.Monitoring.Insights.Values;

namespace CloudObserve.Monitoring.Insights.Functions;

/// <summary>Contains the functions of texts.</summary>
internal static class TextFunctions
{
    internal static IEnumerable<ScalarFunction> All =>
    [
        ScalarFunction.OfText("toupper", static text => LogValue.From(text.ToUpperInvariant())),
        ScalarFunction.OfText("tolower", static text => LogValue.From(text.ToLowerInvariant())),
        ScalarFunction.OfText("strlen", static text => LogValue.From((double)text.EnumerateRunes().Count())),
        new("concat", 1, ScalarFunction.Unlimited, Concat),
        new("trim", 1, 2, static arguments => Trim(arguments, static (text, set) => text.Trim(set))),
        new("ltrim", 1, 2, static arguments => Trim(arguments, static (text, set) => text.TrimStart(set))),
        new("rtrim", 1, 2, static arguments => Trim(arguments, static (text, set) => text.TrimEnd(set))),
        new("substr", 2, 3, Substring),
        new("replace", 3, 3, Replace),
        new("strcontains", 2, 3, Contains),
        ScalarFunction.OfTexts("startsWith", static (text, part) => LogValue.From(text.StartsWith(part, StringComparison.Ordinal))),
        ScalarFunction.OfTexts("endsWith", static (text, part) => LogValue.From(text.EndsWith(part, StringComparison.Ordinal))),
        ScalarFunction.OfTexts("split", Split),
    ];

    private static LogValue Concat(LogValue[] arguments)
    {
        string?[] texts = [.. arguments.Select(static argument => argument.AsText().ToText())];
        ComputedText.Check(texts.Sum(static text => (long)(text?.Length ?? 0)));
        return LogValue.From(string.Concat(texts));
    }

    private static LogValue Trim(LogValue[] arguments, Func<string, char[]?, string> trim)
    {
        if (arguments[0].AsText().ToText() is not { } text)
        {
            return LogValue.Missing;
        }

        // Without a set, white space is trimmed.
        char[]? set = arguments.Length == 1 ? null : arguments[1].AsText().ToText()?.ToCharArray();
        return set is null && arguments.Length > 1 ? LogValue.Missing
            : LogValue.From(set is { Length: 0 } ? text : trim(text, set));
    }

    private static LogValue Substring(LogValue[] arguments)
    {
        double length = double.MaxValue;
        if (arguments[0].AsText().ToText() is not { } text || !arguments[1].TryGetNumber(out double start)
            || (arguments.Length > 2 && !arguments[2].TryGetNumber(out length)) || start < 0 || length < 0)
        {
            return LogValue.Missing;
        }

        StringBuilder part = new();
        int index = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (index >= Math.Floor(start) && index < Math.Floor(start) + Math.Floor(length))
            {
                _ = part.Append(rune);
            }

            index++;
        }

        return LogValue.From(part.ToString());
    }

    private static LogValue Replace(LogValue[] arguments)
    {
        if (arguments[0].AsText().ToText() is not { } text || arguments[1].AsText().ToText() is not { } old
            || arguments[2].AsText().ToText() is not { } replacement)
        {
            return LogValue.Missing;
        }

        if (old.Length == 0)
        {
            return LogValue.From(text);
        }

        ComputedText.Check(text.Length + (text.AsSpan().Count(old) * ((long)replacement.Length - old.Length)));
        return LogValue.From(text.Replace(old, replacement, StringComparison.Ordinal));
    }

    /// <summary>Replaces all matches. <c>\1</c> and <c>$1</c> in the replacement are groups.</summary>
    internal static LogValue RegexReplace(in LogValue value, Regex regex, string replacement)
    {
        if (value.AsText().ToText() is not { } text)
        {
            return LogValue.Missing;
        }

        long length = text.Length;
        return LogValue.From(regex.Replace(text, match =>
        {
            string part = match.Result(replacement);
            length += part.Length - match.Length;
            ComputedText.Check(length);
            return part;
        }));
    }

    /// <summary>Translates the references to groups in a replacement.</summary>
    internal static string Replacement(string replacement)
    {
        StringBuilder translated = new();
        for (int i = 0; i < replacement.Length; i++)
        {
            bool isGroup = replacement[i] is '\\' or '$' && i + 1 < replacement.Length && char.IsAsciiDigit(replacement[i + 1]);
            _ = isGroup ? translated.Append("${").Append(replacement[++i]).Append('}')
                : replacement[i] == '$' ? translated.Append("$$")
                : translated.Append(replacement[i]);
        }

        return translated.ToString();
    }

    // The manual says that a third argument ignores case. The service does not: the argument has no effect there.
    private static LogValue Contains(LogValue[] arguments) =>
        arguments[0].AsText().ToText() is { } text && arguments[1].AsText().ToText() is { } part
            ? LogValue.From(text.Contains(part, StringComparison.Ordinal))
            : LogValue.Missing;

    private static LogValue Split(string text, string separator) =>
        JsonAccess.List((separator.Length == 0 ? [text] : text.Split(separator)).Select(static part => LogValue.From(part)));
}
