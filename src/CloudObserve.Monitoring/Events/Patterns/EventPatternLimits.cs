namespace CloudObserve.Monitoring.Events.Patterns;

/// <summary>Contains the limits of event patterns and events.</summary>
internal static class EventPatternLimits
{
    /// <summary>The maximum number of UTF-8 bytes of a pattern in EventBridge's API.</summary>
    internal const int MaxPatternBytes = 4_096;

    /// <summary>The maximum number of combinations of all <c>$or</c> of a pattern.</summary>
    internal const int MaxCombinations = 1_000;

    /// <summary>The maximum number of levels of an event.</summary>
    internal const int MaxDepth = 1_000;

    /// <summary>
    /// The number of comparisons of array elements for one pattern and one event that spells paths both nested and with dots.
    /// </summary>
    internal const int MaxComparisons = 100_000;
}
