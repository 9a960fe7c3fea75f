namespace CloudObserve.Logs.Capture;

/// <summary>The exact type a captured value had, because format specifiers such as <c>X</c> depend on its width.</summary>
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

    /// <summary>Bytes of all items (int), number of items (int), then each item as a value of its own.</summary>
    List,
}
