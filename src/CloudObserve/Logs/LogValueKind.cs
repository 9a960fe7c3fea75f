namespace CloudObserve.Logs;

/// <summary>Specifies the kind of a named value of a log event.</summary>
public enum LogValueKind
{
    /// <summary>No value.</summary>
    Null = 0,

    /// <summary>A text.</summary>
    /// <remarks>
    /// Values of other types, such as enums, addresses and the application's own types, are texts too: their text at the call.
    /// </remarks>
    Text,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>An integer in the range of <see cref="long"/>.</summary>
    SignedNumber,

    /// <summary>An integer of type <see cref="ulong"/>.</summary>
    UnsignedNumber,

    /// <summary>A floating-point number, which may be infinite or NaN.</summary>
    FloatingPoint,

    /// <summary>A number of type <see cref="decimal"/>.</summary>
    DecimalNumber,

    /// <summary>A date and time without a time zone.</summary>
    DateTime,

    /// <summary>A date and time with its offset.</summary>
    DateTimeOffset,

    /// <summary>A duration.</summary>
    TimeSpan,

    /// <summary>A globally unique identifier.</summary>
    Identifier,

    /// <summary>A list of values.</summary>
    List,
}
