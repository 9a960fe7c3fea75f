using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace CloudObserve.LogEvents.Routing;

/// <summary>Represents the name of a log group or stream with placeholders in braces.</summary>
/// <threadsafety>Immutable.</threadsafety>
[DebuggerDisplay("{_text}")]
internal sealed class LogTemplate
{
    /// <summary>The text that replaces an empty value in a name.</summary>
    internal const string EmptyValue = "unknown";

    /// <summary>The text that replaces further categories when too many are in use.</summary>
    internal const string OtherCategories = "other";

    private const string Known = "{application}, {environment}, {host}, {instance}, {process}, {date}, {category}";

    private readonly string _text;
    private readonly NameKind _kind;
    private readonly Part[] _parts;

    private LogTemplate(string text, NameKind kind, List<Part> parts)
    {
        _text = text;
        _kind = kind;
        _parts = [.. parts];
    }

    internal bool UsesDate => _parts.Any(p => p.Placeholder == Placeholder.Date);

    internal bool UsesCategory => _parts.Any(p => p.Placeholder == Placeholder.Category);

    /// <summary>Parses a template that has been validated.</summary>
    /// <exception cref="FormatException">The template breaks a rule.</exception>
    internal static LogTemplate Parse(string text, NameKind kind) =>
        TryParse(text, kind, out LogTemplate? template, out string? fault) ? template! : throw new FormatException(fault);

    /// <summary>Parses a template.</summary>
    /// <param name="text">The template.</param>
    /// <param name="kind">Whether it is the name of a group or a stream.</param>
    /// <param name="template">The parsed template, if it is valid.</param>
    /// <param name="fault">The broken rule in words, if it is not valid.</param>
    internal static bool TryParse(string? text, NameKind kind, out LogTemplate? template, out string? fault)
    {
        List<Part> parts = [];
        template = null;
        fault = string.IsNullOrWhiteSpace(text) ? $"{What(kind)} must not be empty or blank" : Split(text, kind, parts);
        fault ??= CheckWhole(text!, kind, parts);
        if (fault is null)
        {
            template = new LogTemplate(text!, kind, parts);
        }

        return fault is null;
    }

    /// <summary>Returns the name for an event.</summary>
    /// <param name="identity">The values of placeholders.</param>
    /// <param name="category">The event's category.</param>
    /// <param name="day">The UTC day of the event's time.</param>
    /// <returns>A name that CloudWatch accepts.</returns>
    internal string Render(LogIdentity identity, string category, DateOnly day)
    {
        StringBuilder name = new();
        foreach (Part part in _parts)
        {
            _ = name.Append(part.Placeholder == Placeholder.Text ? part.Text : Value(part.Placeholder, identity, category, day));
        }

        return LogNames.Complete(name.ToString(), _kind);
    }

    private static string What(NameKind kind) => kind == NameKind.LogGroup ? "A log group" : "A log stream";

    private static string? Split(string text, NameKind kind, List<Part> parts)
    {
        int at = 0;
        while (at < text.Length)
        {
            if (text[at] == '}')
            {
                return $"the closing brace at position {at} has no opening brace";
            }

            int end = text[at] == '{' ? text.IndexOf('}', at) + 1 : NextBrace(text, at);
            if (end == 0)
            {
                return $"the opening brace at position {at} has no closing brace";
            }

            if (Add(text[at..end], at, kind, parts) is { } fault)
            {
                return fault;
            }

            at = end;
        }

        return null;
    }

    private static int NextBrace(string text, int from)
    {
        int brace = text.AsSpan(from).IndexOfAny('{', '}');
        return brace < 0 ? text.Length : from + brace;
    }

    private static string? Add(string part, int at, NameKind kind, List<Part> parts)
    {
        if (part[0] != '{')
        {
            int illegal = LogNames.IndexOfIllegal(part, kind);
            parts.Add(new Part(Placeholder.Text, part));
            return illegal < 0 ? null : $"{What(kind)} cannot contain '{part[illegal]}' (position {at + illegal})";
        }

        if (ByName(part[1..^1]) is not { } placeholder)
        {
            return $"{part} at position {at} is not a placeholder; the placeholders are {Known}";
        }

        parts.Add(new Part(placeholder, ""));
        return null;
    }

    private static Placeholder? ByName(string name) => name switch
    {
        "application" => Placeholder.Application,
        "environment" => Placeholder.Environment,
        "host" => Placeholder.Host,
        "instance" => Placeholder.Instance,
        "process" => Placeholder.Process,
        "date" => Placeholder.Date,
        "category" => Placeholder.Category,
        _ => null,
    };

    private static string? CheckWhole(string text, NameKind kind, List<Part> parts)
    {
        int length = parts.Sum(p => p.Text.Length);
        if (length > LogNames.MaxLength)
        {
            return $"{What(kind)} must have at most {LogNames.MaxLength} characters; the text outside of placeholders has {length}";
        }

        if (kind == NameKind.LogStream)
        {
            return null;
        }

        if (text.StartsWith("aws/", StringComparison.Ordinal))
        {
            return "A log group must not begin with aws/, which is reserved";
        }

        return IsConfined(parts) ? null
            : "fixed text must precede {category}: text with a letter or a digit, or a placeholder other than {date}; "
                + "otherwise logged data could select the group";
    }

    private static bool IsConfined(List<Part> parts)
    {
        IEnumerable<Part> fixedParts = parts.TakeWhile(p => p.Placeholder != Placeholder.Category);
        return parts.TrueForAll(p => p.Placeholder != Placeholder.Category)
            || fixedParts.Any(p => p.Placeholder is not (Placeholder.Text or Placeholder.Date) || p.Text.Any(char.IsAsciiLetterOrDigit));
    }

    private string Value(Placeholder placeholder, LogIdentity identity, string category, DateOnly day)
    {
        string value = placeholder switch
        {
            Placeholder.Application => identity.Application,
            Placeholder.Environment => identity.EnvironmentName,
            Placeholder.Host => identity.Host,
            Placeholder.Instance => identity.Instance,
            Placeholder.Process => identity.Process,
            Placeholder.Date => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            _ => category.Replace('/', '-'), // the only value that comes from data: it must not add a segment to the name
        };
        return string.IsNullOrWhiteSpace(value) ? EmptyValue : LogNames.MakeLegal(value, _kind);
    }

    // Represents a part of a template: fixed text or a placeholder.
    private readonly record struct Part(Placeholder Placeholder, string Text);
}
