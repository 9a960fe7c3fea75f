namespace CloudObserve.Filters.Patterns.Json;

/// <summary>Represents a place in an event that selectors refer to or pass through: its tests, and the nodes below it.</summary>
/// <remarks>
/// Wildcards are merged into the named places when the tree is built. So each property or element leads to at most one node, and one pass
/// never has to follow two nodes at once.
/// </remarks>
/// <threadsafety>Immutable once built.</threadsafety>
internal sealed class JsonNode
{
    /// <summary>Gets the number of the named property that leads here, if there is one.</summary>
    internal required int Property { get; init; }

    /// <summary>Gets the number of the first property below this node; the others have consecutive numbers.</summary>
    internal required int FirstProperty { get; init; }

    /// <summary>Gets whether an event can contain this place several times, because a wildcard leads to it.</summary>
    internal required bool IsRepeated { get; init; }

    /// <summary>Gets the comparisons with a scalar at this place.</summary>
    internal required JsonNodeTest[] Tests { get; init; }

    /// <summary>Gets the bits to set for an array with a null among its elements.</summary>
    /// <remarks><c>IS NULL</c> holds for such an array as for a null.</remarks>
    internal required int[] Nulls { get; init; }

    /// <summary>Gets the bits to set for any value at this place, including objects and arrays.</summary>
    internal required int[] Presence { get; init; }

    /// <summary>Gets the captures that locate a scalar at this place.</summary>
    internal required int[] Captures { get; init; }

    /// <summary>Gets the nodes of named properties.</summary>
    internal required JsonNameTable Properties { get; init; }

    /// <summary>Gets the node of every other property, for <c>.*</c> or <c>[*]</c>.</summary>
    internal required JsonNode? OtherProperties { get; init; }

    /// <summary>Gets the nodes of indexed elements, ordered by index.</summary>
    internal required (int Index, JsonNode Node)[] Elements { get; init; }

    /// <summary>Gets the node of every other element.</summary>
    internal required JsonNode? OtherElements { get; init; }

    internal bool LooksIntoObjects => Properties.Count > 0 || OtherProperties is not null;

    internal bool LooksIntoArrays => Elements.Length > 0 || OtherElements is not null || Nulls.Length > 0;

    /// <summary>Gets the property names on the path to this node, each in quotation marks as in an event without escapes.</summary>
    internal required byte[][] Names { get; init; }

    /// <summary>Gets the number of searches that prove that none of <see cref="Names"/> follows.</summary>
    /// <remarks>It exceeds the limit if a name contains a character with an escape other than its number.</remarks>
    internal required int SearchCost { get; init; }
}
