namespace CloudObserve.Monitoring.Events.Patterns;

/// <summary>Specifies how a test of a field compares values.</summary>
internal enum PatternTestKind
{
    /// <summary>The string is equal.</summary>
    Exact,

    /// <summary>The string is an address in a range; a single address is a range of one.</summary>
    Address,

    /// <summary>The number is in a range; a single number is a range of one.</summary>
    Range,

    /// <summary>The number is written alike. It is for numbers that a double cannot hold exactly.</summary>
    NumberText,

    /// <summary>The value is true.</summary>
    True,

    /// <summary>The value is false.</summary>
    False,

    /// <summary>The value is null.</summary>
    Null,

    /// <summary>The string begins with a text.</summary>
    Prefix,

    /// <summary>The string ends with a text.</summary>
    Suffix,

    /// <summary>The string is equal but for the case.</summary>
    IgnoreCase,

    /// <summary>The string begins with a text, whatever the case.</summary>
    PrefixIgnoreCase,

    /// <summary>The string ends with a text, whatever the case.</summary>
    SuffixIgnoreCase,

    /// <summary>The string matches a text with asterisks.</summary>
    Wildcard,

    /// <summary>The field has a value that satisfies none of several tests.</summary>
    AnythingBut,

    /// <summary>The field has a value.</summary>
    Exists,

    /// <summary>The field has no value.</summary>
    Absent,
}
