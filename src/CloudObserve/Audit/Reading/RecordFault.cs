namespace CloudObserve.Audit.Reading;

/// <summary>Why the bytes at a place of a file are no record.</summary>
internal enum RecordFault
{
    /// <summary>They are one.</summary>
    None,

    /// <summary>The file cannot be decompressed from here on.</summary>
    NotCompressed,

    /// <summary>What stands here is not JSON, or not an object.</summary>
    NotJson,

    /// <summary>The record is longer than any that a trail may hold.</summary>
    TooLong,

    /// <summary>The file is larger than any of the trail.</summary>
    TooLarge,

    /// <summary>The file ends within a record.</summary>
    Torn,

    /// <summary>The file is JSON but holds no array of records.</summary>
    NoRecords,
}
