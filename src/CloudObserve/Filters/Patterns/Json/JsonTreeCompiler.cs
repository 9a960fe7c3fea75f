namespace CloudObserve.Filters.Patterns.Json;

/// <summary>Merges the trees that can apply at one place into one node, so that evaluation follows a single way.</summary>
/// <remarks>
/// A selector has one wildcard at most, so what lies behind a wildcard has none, and the merged tree is at most the product of the
/// named and the wildcard selectors.
/// </remarks>
internal static class JsonTreeCompiler
{
    internal static JsonNode Compile(params JsonTree[] trees)
    {
        JsonTree[] anyProperty = [.. trees.Select(static tree => tree.AnyProperty).OfType<JsonTree>()];
        JsonTree[] anyElement = [.. trees.Select(static tree => tree.AnyElement).OfType<JsonTree>()];
        return new JsonNode
        {
            Tests = [.. trees.SelectMany(static tree => tree.Tests)],
            Presence = [.. trees.SelectMany(static tree => tree.Presence)],
            Captures = [.. trees.SelectMany(static tree => tree.Captures)],
            Properties = new JsonNameTable([.. Merge(trees.SelectMany(static tree => tree.Properties), anyProperty)]),
            OtherProperties = anyProperty.Length == 0 ? null : Compile(anyProperty),
            Elements = [.. Merge(trees.SelectMany(static tree => tree.Elements), anyElement)
                .OrderBy(static entry => entry.Key).Select(static entry => (entry.Key, entry.Value))],
            OtherElements = anyElement.Length == 0 ? null : Compile(anyElement),
        };
    }

    private static IEnumerable<KeyValuePair<TKey, JsonNode>> Merge<TKey>(IEnumerable<KeyValuePair<TKey, JsonTree>> branches, JsonTree[] any) =>
        branches
            .GroupBy(static branch => branch.Key, static branch => branch.Value)
            .Select(group => KeyValuePair.Create(group.Key, Compile([.. group, .. any])));
}
