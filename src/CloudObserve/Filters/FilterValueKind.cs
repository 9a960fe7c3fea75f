namespace CloudObserve.Filters;

/// <summary>Specifies the kind of value that a selector found in an event.</summary>
public enum FilterValueKind
{
    /// <summary>No value, or an object or array, which does not count as a value.</summary>
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

    /// <summary>A field of a space-delimited event.</summary>
    /// <remarks>Such fields have no type.</remarks>
    Field,
}
