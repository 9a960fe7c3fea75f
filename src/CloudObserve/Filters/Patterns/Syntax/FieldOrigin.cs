namespace CloudObserve.Filters.Patterns.Syntax;

/// <summary>From where the index of a captured field counts.</summary>
internal enum FieldOrigin
{
    /// <summary>Among the fields before the ellipsis.</summary>
    Head,

    /// <summary>Among the fields behind the ellipsis.</summary>
    Tail,

    /// <summary>In the event, at a place that the ellipsis or an unnamed field behind it covers.</summary>
    Event,
}
