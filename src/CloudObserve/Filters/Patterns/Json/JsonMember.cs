namespace CloudObserve.Filters.Patterns.Json;

/// <summary>Represents a property of an object in an event.</summary>
internal struct JsonMember(int owner, JsonToken name, uint hash)
{
    internal int Owner { get; } = owner;

    internal JsonToken Name { get; } = name;

    internal uint Hash { get; } = hash;

    /// <summary>Gets or sets the number of the previous member in the same hash bucket, counted from 1.</summary>
    internal int Earlier { get; set; }

    /// <summary>Gets or sets the index at which the member begins, including the quotation mark of its name.</summary>
    internal int Start { get; set; }

    /// <summary>Gets or sets the index after the member, including the comma that follows it; 0 until it is known.</summary>
    internal int End { get; set; }
}
