namespace CloudObserve.Cli.Filters;

/// <summary>Contains the limits of CloudWatch Logs for events and metric filters.</summary>
internal static class EventLimits
{
    /// <summary>
    /// The largest message in bytes: a request has at most 1,048,576 bytes, and each event counts 26 bytes in addition to its message.
    /// </summary>
    internal const int MaxMessageBytes = 1_048_550;

    /// <summary>The largest number of dimensions of a metric filter.</summary>
    internal const int MaxDimensions = 3;

    /// <summary>The largest number of characters in the name of a dimension.</summary>
    internal const int MaxDimensionName = 255;

    /// <summary>The largest number of characters in the value of a metric filter.</summary>
    internal const int MaxValue = 100;
}
