namespace CloudObserve.Audit.Reading;

/// <summary>Specifies why the bytes at a position of a file are not a record.</summary>
internal enum RecordFault
{
    /// <summary>They are a record.</summary>
    None,

    /// <summary>The file cannot be decompressed from this position on.</summary>
    NotCompressed,

    /// <summary>The bytes are not JSON, or not a JSON object.</summary>
    NotJson,

    /// <summary>The record is longer than the limit of a trail's record.</summary>
    TooLong,

    /// <summary>The file is larger than the limit of a trail's file.</summary>
    TooLarge,

    /// <summary>The file ends within a record.</summary>
    Torn,

    /// <summary>The file is JSON without an array of records.</summary>
    NoRecords,
}
