namespace CloudObserve.Filters.Patterns.Json;

/// <summary>Merges the trees that can apply at one place into one node, so that evaluation follows a single way.</summary>
/// <remarks>
/// A selector has one wildcard at most, so what lies behind a wildcard has none, and the merged tree is at most the product of the
/// named and the wildcard selectors.
/// </remarks>
internal sealed class JsonTreeCompiler
{
    /// <summary>Gets how many named properties there are, over all nodes.</summary>
    internal int PropertyCount { get; private set; }

    internal JsonNode Compile(JsonTree tree) => Compile([tree], 0, isRepeated: false);

    private JsonNode Compile(JsonTree[] trees, int property, bool isRepeated)
    {
        JsonTree[] anyProperty = [.. trees.Select(static tree => tree.AnyProperty).OfType<JsonTree>()];
        JsonTree[] anyElement = [.. trees.Select(static tree => tree.AnyElement).OfType<JsonTree>()];
        IGrouping<string, JsonTree>[] properties = Group(trees.SelectMany(static tree => tree.Properties));
        IGrouping<int, JsonTree>[] elements = Group(trees.SelectMany(static tree => tree.Elements));

        // In a row, so that a node can forget which of its own it has met.
        int first = PropertyCount;
        PropertyCount += properties.Length;
        return new JsonNode
        {
            Property = property,
            FirstProperty = first,
            IsRepeated = isRepeated,
            Tests = [.. trees.SelectMany(static tree => tree.Tests)],
            Presence = [.. trees.SelectMany(static tree => tree.Presence)],
            Captures = [.. trees.SelectMany(static tree => tree.Captures)],
            Properties = new JsonNameTable([.. properties.Select(
                (group, i) => KeyValuePair.Create(group.Key, Compile([.. group, .. anyProperty], first + i, isRepeated)))]),
            OtherProperties = anyProperty.Length == 0 ? null : Compile(anyProperty, 0, isRepeated: true),
            Elements = [.. elements.OrderBy(static group => group.Key).Select(group => (group.Key, Compile([.. group, .. anyElement], 0, isRepeated)))],
            OtherElements = anyElement.Length == 0 ? null : Compile(anyElement, 0, isRepeated: true),
        };
    }

    private static IGrouping<TKey, JsonTree>[] Group<TKey>(IEnumerable<KeyValuePair<TKey, JsonTree>> branches) =>
        [.. branches.GroupBy(static branch => branch.Key, static branch => branch.Value)];
}
