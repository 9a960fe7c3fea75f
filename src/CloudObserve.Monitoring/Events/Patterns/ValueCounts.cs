namespace CloudObserve.Monitoring.Events.Patterns;

/// <summary>Counts the values of a field, or those that a test found.</summary>
internal struct ValueCounts
{
    /// <summary>The number of all values.</summary>
    internal int All;

    /// <summary>The number of values that are in no element of an array.</summary>
    internal int Root;

    /// <summary>
    /// For a test, the number of the last value found, from 1. For a field, 1, and behind its last value when they are sorted.
    /// </summary>
    internal int Mark;
}
