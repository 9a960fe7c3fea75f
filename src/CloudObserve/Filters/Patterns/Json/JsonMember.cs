namespace CloudObserve.Filters.Patterns.Json;

/// <summary>A property of an object in an event.</summary>
internal struct JsonMember(int owner, JsonToken name, uint hash)
{
    internal int Owner { get; } = owner;

    internal JsonToken Name { get; } = name;

    internal uint Hash { get; } = hash;

    /// <summary>Gets or sets the member that was added before at the same place of the table, counted from 1.</summary>
    internal int Earlier { get; set; }

    /// <summary>Gets or sets where it begins, with the quotation mark of its name.</summary>
    internal int Start { get; set; }

    /// <summary>Gets or sets where it ends, behind the comma that follows it; 0 until that is known.</summary>
    internal int End { get; set; }
}
