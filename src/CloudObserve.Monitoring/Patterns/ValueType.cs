namespace CloudObserve.Monitoring.Patterns;

/// <summary>Lists the types of varying parts that a pattern names, as in <c>&lt;IPAddress-1&gt;</c>.</summary>
internal enum ValueType : byte
{
    /// <summary>No value was seen yet.</summary>
    None,

    /// <summary>Anything else, or values of several types.</summary>
    Token,

    Number,
    Time,
    Date,
    IPAddress,
    ID,
}
