using System.Buffers;
using System.Text;

namespace CloudObserve.Filters.Patterns.Json;

/// <summary>Merges the trees that can apply at one place into one node, so that evaluation follows a single way.</summary>
/// <remarks>
/// A selector has one wildcard at most, so what lies behind a wildcard has none, and the merged tree is at most the product of the
/// named and the wildcard selectors.
/// </remarks>
internal sealed class JsonTreeCompiler
{
    private const int NoSearch = 1_000_000;

    // A control character has short escapes too; so have these. The others have none but that by their number, \uXXXX.
    private static readonly SearchValues<byte> Escapable = SearchValues.Create([.. Enumerable.Range(0, 32).Select(static i => (byte)i), (byte)'"', (byte)'\\', (byte)'/']);

    /// <summary>Gets how many named properties there are, over all nodes.</summary>
    internal int PropertyCount { get; private set; }

    internal JsonNode Compile(JsonTree tree) => Compile([tree], 0, isRepeated: false, []);

    private JsonNode Compile(JsonTree[] trees, int property, bool isRepeated, byte[][] names)
    {
        JsonTree[] anyElement = [.. trees.Select(static tree => tree.AnyElement).OfType<JsonTree>()];

        // CloudWatch Logs: [*] runs over the values of an object too, .* over nothing else.
        JsonTree[] anyProperty = [.. trees.Select(static tree => tree.AnyProperty).OfType<JsonTree>(), .. anyElement];
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
            Nulls = [.. trees.SelectMany(static tree => tree.Nulls)],
            Names = names,
            SearchCost = names.Any(static name => name.AsSpan(1..^1).ContainsAny(Escapable)) ? NoSearch : names.Length,
            Presence = [.. trees.SelectMany(static tree => tree.Presence)],
            Captures = [.. trees.SelectMany(static tree => tree.Captures)],
            Properties = new JsonNameTable([.. properties.Select(
                (group, i) => KeyValuePair.Create(group.Key, Compile([.. group, .. anyProperty], first + i, isRepeated, [.. names, Quoted(group.Key)])))]),
            OtherProperties = anyProperty.Length == 0 ? null : Compile(anyProperty, 0, isRepeated: true, names),
            Elements = [.. elements.OrderBy(static group => group.Key).Select(group => (group.Key, Compile([.. group, .. anyElement], 0, isRepeated, names)))],
            OtherElements = anyElement.Length == 0 ? null : Compile(anyElement, 0, isRepeated: true, names),
        };
    }

    private static byte[] Quoted(string name) => Encoding.UTF8.GetBytes($"\"{name}\"");

    private static IGrouping<TKey, JsonTree>[] Group<TKey>(IEnumerable<KeyValuePair<TKey, JsonTree>> branches) =>
        [.. branches.GroupBy(static branch => branch.Key, static branch => branch.Value)];
}
