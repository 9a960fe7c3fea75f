namespace CloudObserve.Logs.Capture;

/// <summary>Specifies the exact type of a captured value, because format specifiers such as <c>X</c> depend on its size.</summary>
internal enum ValueTag : byte
{
    Null = 0,
    Text,
    False,
    True,
    SByte,
    Byte,
    Int16,
    UInt16,
    Int32,
    UInt32,
    Int64,
    UInt64,
    Single,
    Double,
    Decimal,
    DateTime,
    DateTimeOffset,
    TimeSpan,
    Guid,

    /// <summary>The total size of the items in bytes (int), the number of items (int), then each item as a value.</summary>
    List,
}
