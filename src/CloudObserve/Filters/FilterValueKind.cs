namespace CloudObserve.Filters;

/// <summary>What a selector found in an event.</summary>
public enum FilterValueKind
{
    /// <summary>Nothing, or an object or array, which is no value.</summary>
    Missing,

    /// <summary>A JSON null.</summary>
    Null,

    /// <summary>A JSON false.</summary>
    False,

    /// <summary>A JSON true.</summary>
    True,

    /// <summary>A JSON number.</summary>
    Number,

    /// <summary>A JSON string.</summary>
    Text,

    /// <summary>A field of a space-delimited event, which has no type.</summary>
    Field,
}
