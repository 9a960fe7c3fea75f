namespace CloudObserve.Audit.Events;

/// <summary>Contains CloudTrail's limits for records, in bytes of UTF-8.</summary>
internal static class RecordLimits
{
    /// <summary>The limit of texts.</summary>
    /// <remarks>
    /// CloudTrail truncates user agent, request id, error code and error message to 1 KB; other texts are truncated here too.
    /// </remarks>
    internal const int MaxTextBytes = 1024;

    /// <summary>The limit of a resource's ARN.</summary>
    /// <remarks>ARNs of AWS have up to 2,048 characters.</remarks>
    internal const int MaxArnBytes = 2048;

    /// <summary>The limit of request parameters and response elements.</summary>
    /// <remarks>CloudTrail omits them above 100 KB.</remarks>
    internal const int MaxElementsBytes = 100 * 1024;

    /// <summary>The limit of additional event data.</summary>
    /// <remarks>CloudTrail omits it above 28 KB.</remarks>
    internal const int MaxAdditionalBytes = 28 * 1024;

    /// <summary>The limit of an event in CloudTrail: 256 KB.</summary>
    internal const int MaxRecordBytes = 256 * 1024;

    /// <summary>The largest depth of an event's data, counted from the record.</summary>
    /// <remarks>JSON readers commonly support a depth of 64.</remarks>
    internal const int MaxDataDepth = 60;
}
