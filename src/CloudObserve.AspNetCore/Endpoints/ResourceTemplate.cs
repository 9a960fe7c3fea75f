using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;

namespace CloudObserve.AspNetCore.Endpoints;

/// <summary>Represents a resource name with route values in braces.</summary>
internal sealed partial class ResourceTemplate(string template)
{
    /// <summary>Gets the names of the route values that the template uses.</summary>
    internal IReadOnlyList<string> Names { get; } = [.. Braces().Matches(template).Select(m => m.Groups["name"].Value)];

    internal string Fill(RouteValueDictionary values) => Names.Count == 0 ? template : Braces().Replace(template, m => Value(values, m));

    // An optional value that the request does not have leaves its placeholder unchanged. A name with the placeholder removed could be the
    // name of another resource.
    private static string Value(RouteValueDictionary values, Match place) =>
        values.TryGetValue(place.Groups["name"].Value, out object? value)
        && Convert.ToString(value, CultureInfo.InvariantCulture) is { Length: > 0 } text
            ? text
            : place.Value;

    [GeneratedRegex(@"\{(?<name>[^{}]+)\}")]
    private static partial Regex Braces();
}
