namespace CloudObserve.Benchmarks.Metrics;

/// <summary>Specifies the source of a measurement's tag values.</summary>
public enum TagSource
{
    /// <summary>Literals: the same three strings each time, so that there is one series and strings are equal by reference.</summary>
    Literal,

    /// <summary>
    /// Strings created at run time, as from a request: 64 series in turn, and no string is the instance with which its series was created.
    /// </summary>
    Built,
}
