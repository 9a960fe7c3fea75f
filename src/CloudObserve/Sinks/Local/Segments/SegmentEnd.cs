namespace CloudObserve.Sinks.Local.Segments;

/// <summary>Specifies the end of a segment after its last whole record.</summary>
internal enum SegmentEnd
{
    /// <summary>With the file.</summary>
    Whole = 0,

    /// <summary>With a record that was not written to its end, as a crash leaves it.</summary>
    Torn,

    /// <summary>With bytes that are no record.</summary>
    Damaged,
}
