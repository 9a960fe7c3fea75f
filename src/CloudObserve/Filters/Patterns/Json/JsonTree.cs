using CloudObserve.Filters.Patterns.Syntax;

namespace CloudObserve.Filters.Patterns.Json;

/// <summary>Represents a tree of selectors as written, with wildcards beside names.</summary>
/// <remarks><see cref="JsonTreeCompiler"/> converts it to nodes.</remarks>
internal sealed class JsonTree
{
    internal List<JsonNodeTest> Tests { get; } = [];

    internal List<int> Nulls { get; } = [];

    internal List<int> Presence { get; } = [];

    internal List<int> Captures { get; } = [];

    internal Dictionary<string, JsonTree> Properties { get; } = new(StringComparer.Ordinal);

    internal SortedDictionary<int, JsonTree> Elements { get; } = [];

    internal JsonTree? AnyProperty { get; private set; }

    internal JsonTree? AnyElement { get; private set; }

    /// <summary>Returns the place of a selector; creates it if needed.</summary>
    internal JsonTree At(JsonPath path)
    {
        JsonTree place = this;
        foreach (PathStep step in path.Steps)
        {
            place = step.Kind switch
            {
                PathStepKind.Property => Branch(place.Properties, step.Name!),
                PathStepKind.Element => Branch(place.Elements, step.Index),
                PathStepKind.AnyProperty => place.AnyProperty ??= new JsonTree(),
                _ => place.AnyElement ??= new JsonTree(),
            };
        }

        return place;
    }

    private static JsonTree Branch<TKey>(IDictionary<TKey, JsonTree> branches, TKey key)
        where TKey : notnull
    {
        if (!branches.TryGetValue(key, out JsonTree? branch))
        {
            branches[key] = branch = new JsonTree();
        }

        return branch;
    }
}
