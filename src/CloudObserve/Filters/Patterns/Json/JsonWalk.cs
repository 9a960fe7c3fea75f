namespace CloudObserve.Filters.Patterns.Json;

/// <summary>How far a walk over an event came.</summary>
internal enum JsonWalk
{
    /// <summary>The event is no JSON object, or no pattern can match it.</summary>
    NoMatch,

    /// <summary>To the end: the bits say which comparisons hold.</summary>
    Complete,

    /// <summary>To a property that its object has twice: what was noted before may not count.</summary>
    Duplicate,
}
