using System.Globalization;

namespace CloudObserve.Testing;

/// <summary>Formats collections for the <c>ToString</c> of records.</summary>
/// <remarks>The default <c>ToString</c> would show the collection's type in the message of a failed test.</remarks>
internal static class Printed
{
    /// <summary>Writes the elements in brackets, for example <c>[Region=eu, Tier=gold]</c>.</summary>
    internal static string List<T>(IEnumerable<T> elements) =>
        $"[{string.Join(", ", elements.Select(e => string.Create(CultureInfo.InvariantCulture, $"{e}")))}]";

    /// <summary>Writes the pairs in braces, for example <c>{12.5=1, 13=2}</c>.</summary>
    internal static string Map<TKey, TValue>(IEnumerable<KeyValuePair<TKey, TValue>> pairs) =>
        $"{{{string.Join(", ", pairs.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Key}={p.Value}")))}}}";
}
