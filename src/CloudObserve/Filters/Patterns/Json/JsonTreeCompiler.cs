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

    internal JsonNode Compile(JsonTree tree)
    {
        // A list instead of recursion: a selector can lead through hundreds of places, and the caller's stack may be small.
        List<Place> places = [new Place([tree], 0, isRepeated: false, [])];
        for (int i = 0; i < places.Count; i++)
        {
            Expand(places[i], places);
        }

        // A place stands before all places that it leads to, so their nodes exist when its own is built.
        for (int i = places.Count - 1; i >= 0; i--)
        {
            places[i].Node = Build(places[i]);
        }

        return places[0].Node!;
    }

    private void Expand(Place place, List<Place> places)
    {
        JsonTree[] anyElement = [.. place.Trees.Select(static tree => tree.AnyElement).OfType<JsonTree>()];

        // CloudWatch Logs: [*] runs over the values of an object too, .* over nothing else.
        JsonTree[] anyProperty = [.. place.Trees.Select(static tree => tree.AnyProperty).OfType<JsonTree>(), .. anyElement];

        // The numbers of a node's properties follow each other, so that the node can forget which of its own it has met.
        place.FirstProperty = PropertyCount;
        foreach (IGrouping<string, JsonTree> group in Group(place.Trees.SelectMany(static tree => tree.Properties)))
        {
            place.Properties.Add((group.Key, Add(new Place([.. group, .. anyProperty], PropertyCount++, place.IsRepeated, [.. place.Names, Quoted(group.Key)]))));
        }

        foreach (IGrouping<int, JsonTree> group in Group(place.Trees.SelectMany(static tree => tree.Elements)).OrderBy(static group => group.Key))
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

    /// <summary>A node before it is built: the trees that apply there and the places that it leads to.</summary>
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
