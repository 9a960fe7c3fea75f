namespace CloudObserve.Metrics.Meters;

/// <summary>Specifies the changes to a measurement's tags that make CloudWatch accept them as dimensions.</summary>
[Flags]
internal enum TagRepairs
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Characters that are not printable ASCII were percent-encoded.</summary>
    NotAscii = 1,

    /// <summary>A name was given more than once in one measurement; the last value is used.</summary>
    Duplicate = 2,

    /// <summary>A blank value was left out.</summary>
    Blank = 4,

    /// <summary>A name or value was cut to its maximum length.</summary>
    TooLong = 8,

    /// <summary>Tags were left out because there were more than CloudWatch accepts.</summary>
    TooMany = 16,

    /// <summary>A name was changed, or its tag left out, because CloudWatch does not accept the name.</summary>
    InvalidName = 32,

    /// <summary>The value's own formatting code threw an exception.</summary>
    Unreadable = 64,
}
