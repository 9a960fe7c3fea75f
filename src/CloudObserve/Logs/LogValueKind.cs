namespace CloudObserve.Logs;

/// <summary>What type a named value of a log event has.</summary>
public enum LogValueKind
{
    /// <summary>There is no value.</summary>
    Null = 0,

    /// <summary>Text. Also what has no kind of its own, such as enums, addresses and the application's own types, as its text at the call.</summary>
    Text,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A whole number that <see cref="long"/> holds.</summary>
    SignedNumber,

    /// <summary>A whole number of type <see cref="ulong"/>.</summary>
    UnsignedNumber,

    /// <summary>A floating-point number, which may be infinite or no number at all.</summary>
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

    /// <summary>Several values.</summary>
    List,
}
