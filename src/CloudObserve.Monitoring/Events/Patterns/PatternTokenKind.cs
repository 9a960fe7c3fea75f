namespace CloudObserve.Monitoring.Events.Patterns;

/// <summary>Specifies the kind of a token of a pattern.</summary>
internal enum PatternTokenKind
{
    /// <summary>The end of the text.</summary>
    End,

    /// <summary>An opening brace.</summary>
    StartObject,

    /// <summary>A closing brace.</summary>
    EndObject,

    /// <summary>An opening bracket.</summary>
    StartArray,

    /// <summary>A closing bracket.</summary>
    EndArray,

    /// <summary>The name of a member, with its colon.</summary>
    Name,

    /// <summary>A string.</summary>
    Text,

    /// <summary>A number.</summary>
    Number,

    /// <summary>The literal true.</summary>
    True,

    /// <summary>The literal false.</summary>
    False,

    /// <summary>The literal null.</summary>
    Null,
}
