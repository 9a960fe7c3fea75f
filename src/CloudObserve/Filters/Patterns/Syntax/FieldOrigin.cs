namespace CloudObserve.Filters.Patterns.Syntax;

/// <summary>Specifies the origin of a captured field's index.</summary>
internal enum FieldOrigin
{
    /// <summary>The fields before the ellipsis.</summary>
    Head,

    /// <summary>The fields after the ellipsis.</summary>
    Tail,

    /// <summary>The fields of the event, for a position that the ellipsis or an unnamed field after it covers.</summary>
    Event,
}
