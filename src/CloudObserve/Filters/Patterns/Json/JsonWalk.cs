namespace CloudObserve.Filters.Patterns.Json;

/// <summary>Specifies the result of a walk over an event.</summary>
internal enum JsonWalk
{
    /// <summary>The event is not a JSON object, or no pattern can match it.</summary>
    NoMatch,

    /// <summary>The walk reached the end.</summary>
    /// <remarks>The bits show which comparisons hold.</remarks>
    Complete,

    /// <summary>The walk met a second property of one name in an object.</summary>
    /// <remarks>Its results may be wrong.</remarks>
    Duplicate,
}
