using System.Buffers;
using System.Text;

namespace CloudObserve.Filters.Patterns.Json;

/// <summary>Merges all trees that can apply at one place into one node, so that evaluation follows a single path.</summary>
/// <remarks>
/// A selector has at most one wildcard, so a subtree below a wildcard has none. The size of the merged tree is at most the product of the
/// named and the wildcard selectors.
/// </remarks>
internal sealed class JsonTreeCompiler
{
    private const int NoSearch = 1_000_000;

    // Control characters and these characters have short escapes. All others can be escaped only by their number, \uXXXX.
    private static readonly SearchValues<byte> Escapable =
        SearchValues.Create([.. Enumerable.Range(0, 32).Select(static i => (byte)i), (byte)'"', (byte)'\\', (byte)'/']);

    /// <summary>Gets the number of named properties in all nodes.</summary>
    internal int PropertyCount { get; private set; }

    internal JsonNode Compile(JsonTree tree)
    {
        // A list instead of recursion, because a selector can lead through hundreds of places, and the caller's stack may be small.
        List<Place> places = [new Place([tree], 0, isRepeated: false, [])];
        for (int i = 0; i < places.Count; i++)
        {
            Expand(places[i], places);
        }

        // A place precedes all places below it, so their nodes exist when its own is built.
        for (int i = places.Count - 1; i >= 0; i--)
        {
            places[i].Node = Build(places[i]);
        }

        return places[0].Node!;
    }

    private void Expand(Place place, List<Place> places)
    {
        JsonTree[] anyElement = [.. place.Trees.Select(static tree => tree.AnyElement).OfType<JsonTree>()];

        // CloudWatch Logs: [*] also applies to the values of an object; .* applies only to those.
        JsonTree[] anyProperty = [.. place.Trees.Select(static tree => tree.AnyProperty).OfType<JsonTree>(), .. anyElement];

        // The numbers of a node's properties are consecutive, so that the node can reset the record of those it has met.
        place.FirstProperty = PropertyCount;
        foreach (IGrouping<string, JsonTree> group in Group(place.Trees.SelectMany(static tree => tree.Properties)))
        {
            place.Properties.Add(
                (group.Key, Add(new Place(
                    [.. group, .. anyProperty], PropertyCount++, place.IsRepeated, [.. place.Names, Quoted(group.Key)]))));
        }

        foreach (IGrouping<int, JsonTree> group in Group(place.Trees.SelectMany(static tree => tree.Elements))
            .OrderBy(static group => group.Key))
        {
            place.Elements.Add((group.Key, Add(new Place([.. group, .. anyElement], 0, place.IsRepeated, place.Names))));
        }

        place.OtherProperties = anyProperty.Length == 0 ? null : Add(new Place(anyProperty, 0, isRepeated: true, place.Names));
        place.OtherElements = anyElement.Length == 0 ? null : Add(new Place(anyElement, 0, isRepeated: true, place.Names));

        Place Add(Place next)
        {
            places.Add(next);
            return next;
        }
    }

    private static JsonNode Build(Place place) => new()
    {
        Property = place.Property,
        FirstProperty = place.FirstProperty,
        IsRepeated = place.IsRepeated,
        Tests = [.. place.Trees.SelectMany(static tree => tree.Tests)],
        Nulls = [.. place.Trees.SelectMany(static tree => tree.Nulls)],
        Names = place.Names,
        SearchCost = place.Names.Any(static name => name.AsSpan(1..^1).ContainsAny(Escapable)) ? NoSearch : place.Names.Length,
        Presence = [.. place.Trees.SelectMany(static tree => tree.Presence)],
        Captures = [.. place.Trees.SelectMany(static tree => tree.Captures)],
        Properties = new JsonNameTable([.. place.Properties.Select(static p => KeyValuePair.Create(p.Name, p.Place.Node!))]),
        OtherProperties = place.OtherProperties?.Node,
        Elements = [.. place.Elements.Select(static e => (e.Index, e.Place.Node!))],
        OtherElements = place.OtherElements?.Node,
    };

    private static byte[] Quoted(string name) => Encoding.UTF8.GetBytes($"\"{name}\"");

    private static IGrouping<TKey, JsonTree>[] Group<TKey>(IEnumerable<KeyValuePair<TKey, JsonTree>> branches) =>
        [.. branches.GroupBy(static branch => branch.Key, static branch => branch.Value)];

    /// <summary>Represents a node before it is built: the trees that apply at its place, and the places below it.</summary>
    private sealed class Place(JsonTree[] trees, int property, bool isRepeated, byte[][] names)
    {
        internal JsonTree[] Trees => trees;

        internal int Property => property;

        internal bool IsRepeated => isRepeated;

        internal byte[][] Names => names;

        internal int FirstProperty { get; set; }

        internal List<(string Name, Place Place)> Properties { get; } = [];

        internal Place? OtherProperties { get; set; }

        internal List<(int Index, Place Place)> Elements { get; } = [];

        internal Place? OtherElements { get; set; }

        internal JsonNode? Node { get; set; }
    }
}
