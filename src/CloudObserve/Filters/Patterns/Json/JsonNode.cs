namespace CloudObserve.Filters.Patterns.Json;

/// <summary>A place in an event that selectors lead to or through: what to do there, and where it goes on.</summary>
/// <remarks>
/// Wildcards are merged into the named places when the tree is built, so that any property or element leads to one node at most and one
/// pass never has to be in two places.
/// </remarks>
/// <threadsafety>Immutable once built.</threadsafety>
internal sealed class JsonNode
{
    /// <summary>Gets the number of the named property that leads here, if one does.</summary>
    internal required int Property { get; init; }

    /// <summary>Gets the number of the first property that leads on; those of the others follow.</summary>
    internal required int FirstProperty { get; init; }

    /// <summary>Gets whether an event can lead here more than once, behind a wildcard.</summary>
    internal required bool IsRepeated { get; init; }

    /// <summary>Gets the comparisons to make on a scalar.</summary>
    internal required JsonNodeTest[] Tests { get; init; }

    /// <summary>Gets the bits to set when an array is here that has a null among its elements: <c>IS NULL</c> holds for it as for a null.</summary>
    internal required int[] Nulls { get; init; }

    /// <summary>Gets the bits to set when anything is here, object and array included.</summary>
    internal required int[] Presence { get; init; }

    /// <summary>Gets the slots that take the place of a scalar.</summary>
    internal required int[] Captures { get; init; }

    /// <summary>Gets the properties that lead on by name.</summary>
    internal required JsonNameTable Properties { get; init; }

    /// <summary>Gets where every other property leads, behind <c>.*</c> or <c>[*]</c>.</summary>
    internal required JsonNode? OtherProperties { get; init; }

    /// <summary>Gets the elements that lead on, ordered by index.</summary>
    internal required (int Index, JsonNode Node)[] Elements { get; init; }

    /// <summary>Gets where every other element leads.</summary>
    internal required JsonNode? OtherElements { get; init; }

    internal bool LooksIntoObjects => Properties.Count > 0 || OtherProperties is not null;

    internal bool LooksIntoArrays => Elements.Length > 0 || OtherElements is not null || Nulls.Length > 0;

    /// <summary>Gets the names on the way here, each in its quotation marks as it stands in an event that does not escape it.</summary>
    internal required byte[][] Names { get; init; }

    /// <summary>Gets how many searches tell that none of <see cref="Names"/> follows; more than there may be if a name has a character that can be
    /// escaped otherwise than by its number.</summary>
    internal required int SearchCost { get; init; }
}
