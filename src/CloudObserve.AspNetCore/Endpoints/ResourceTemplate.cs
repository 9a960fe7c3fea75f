using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;

namespace CloudObserve.AspNetCore.Endpoints;

/// <summary>The name of a resource in which route values stand in braces.</summary>
internal sealed partial class ResourceTemplate(string template)
{
    /// <summary>Gets the names of the route values that it needs.</summary>
    internal IReadOnlyList<string> Names { get; } = [.. Braces().Matches(template).Select(m => m.Groups["name"].Value)];

    internal string Fill(RouteValueDictionary values) => Names.Count == 0 ? template : Braces().Replace(template, m => Value(values, m));

    // An optional value that the request does not have leaves its place as it stands: a name with a hole in it could be another's.
    private static string Value(RouteValueDictionary values, Match place) =>
        values.TryGetValue(place.Groups["name"].Value, out object? value) && Convert.ToString(value, CultureInfo.InvariantCulture) is { Length: > 0 } text
            ? text
            : place.Value;

    [GeneratedRegex(@"\{(?<name>[^{}]+)\}")]
    private static partial Regex Braces();
}
