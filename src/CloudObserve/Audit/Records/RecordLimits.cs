namespace CloudObserve.Audit.Records;

/// <summary>What CloudTrail allows in a record, in bytes of UTF-8.</summary>
internal static class RecordLimits
{
    /// <summary>CloudTrail: user agent, request id, error code and error message are cut at 1 KB. So are the other texts here.</summary>
    internal const int MaxTextBytes = 1024;

    /// <summary>A resource's ARN; those of AWS have up to 2,048 characters.</summary>
    internal const int MaxArnBytes = 2048;

    /// <summary>CloudTrail: request parameters and response elements over 100 KB are omitted.</summary>
    internal const int MaxElementsBytes = 100 * 1024;

    /// <summary>CloudTrail: additional event data over 28 KB is omitted.</summary>
    internal const int MaxAdditionalBytes = 28 * 1024;

    /// <summary>CloudTrail: an event has at most 256 KB.</summary>
    internal const int MaxRecordBytes = 256 * 1024;

    /// <summary>How deep the data of an event may go, counted from the record. Readers of JSON commonly go to 64.</summary>
    internal const int MaxDataDepth = 60;
}
