namespace CloudObserve.Benchmarks.Metrics;

/// <summary>Where the tag values of a measurement come from.</summary>
public enum TagSource
{
    /// <summary>Literals: the same three strings each time, so that one series is hit and strings are equal by reference.</summary>
    Literal,

    /// <summary>Strings built at run time, as from a request: 64 series in turn, and no string is the one the series was made with.</summary>
    Built,
}
