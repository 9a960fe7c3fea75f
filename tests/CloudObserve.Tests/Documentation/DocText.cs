using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace CloudObserve.Tests.Documentation;

/// <summary>Documentation comments as Markdown.</summary>
internal static partial class DocText
{
    internal static string Of(XElement? element) =>
        element is null ? "" : Blanks().Replace(string.Concat(element.Nodes().Select(Spell)), " ").Trim();

    /// <summary>"Gets or sets how often ..." is a sentence about a property; of a key, "How often ..." is said.</summary>
    internal static string WithoutVerb(string summary)
    {
        string rest = Verb().Replace(summary, "");
        return rest.Length == 0 ? rest : char.ToUpperInvariant(rest[0]) + rest[1..];
    }

    /// <summary>Under a heading that is the section's path, the path need not be said again.</summary>
    internal static string WithoutPath(string summary) => Path().Replace(summary, "");

    /// <summary>For a place that knows no Markdown.</summary>
    internal static string Plain(string markdown) => markdown.Replace("`", "", StringComparison.Ordinal);

    /// <summary>Splits a <c>value</c> element into the default and the text before it.</summary>
    internal static (string Values, string Default) Split(string value)
    {
        Match match = Default().Match(value);
        return match.Success
            ? (match.Groups["values"].Value.Trim().TrimEnd('.'), match.Groups["default"].Value.Trim().TrimEnd('.')) : (value, "");
    }

    private static string Spell(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement { Name.LocalName: "para" } para => " " + Of(para) + " ",
        XElement see when see.Attribute("langword") is { } word => $"`{word.Value}`",
        XElement see when see.Attribute("cref") is { } target => $"`{target.Value.Split('(')[0].Split('.', ':')[^1]}`",
        XElement other => Of(other),
        _ => "",
    };

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    [GeneratedRegex("^Gets (or sets )?(a value indicating )?")]
    private static partial Regex Verb();

    [GeneratedRegex(":[a-z ]* section `[^`]*`(?=\\.)")]
    private static partial Regex Path();

    [GeneratedRegex("^(?<values>.*?)The default (is )?(?<default>.*)$", RegexOptions.Singleline)]
    private static partial Regex Default();
}
