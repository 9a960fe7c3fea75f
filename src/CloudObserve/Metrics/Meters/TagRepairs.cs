namespace CloudObserve.Metrics.Meters;

/// <summary>Lists the changes to the tags of a measurement that let CloudWatch take them as dimensions.</summary>
[Flags]
internal enum TagRepairs
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Characters that are not printable ASCII were written percent-encoded.</summary>
    NotAscii = 1,

    /// <summary>A name was given more than once in one measurement; the last one counts.</summary>
    Duplicate = 2,

    /// <summary>A blank value was left out.</summary>
    Blank = 4,

    /// <summary>A name or value was cut.</summary>
    TooLong = 8,

    /// <summary>Tags were left out because there were too many.</summary>
    TooMany = 16,

    /// <summary>A name was changed, or its tag left out, because CloudWatch does not take it.</summary>
    InvalidName = 32,

    /// <summary>A value's own code threw when its text was asked for.</summary>
    Unreadable = 64,
}
