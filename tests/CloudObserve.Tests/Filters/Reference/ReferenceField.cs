using System.Text.RegularExpressions;

namespace CloudObserve.Tests.Filters.Reference;

/// <summary>A part of a space-delimited message.</summary>
internal sealed record ReferenceField(string Value, int Start)
{
    internal static List<ReferenceField> Split(string message) =>
        [.. Regex.Matches(message, """\[(?<in>[^\]]*)\]|"(?<in>[^"]*)"|[^ \t\r\n\v\f]+""", RegexOptions.None).Select(static match =>
            new ReferenceField(match.Groups["in"].Success ? match.Groups["in"].Value : match.Value, match.Index))];
}
