namespace CloudObserve.Cli.Filters;

/// <summary>What CloudWatch Logs accepts of an event and of a metric filter.</summary>
internal static class EventLimits
{
    /// <summary>CloudWatch Logs: a request has at most 1,048,576 bytes, of which each event takes 26 besides its message.</summary>
    internal const int MaxMessageBytes = 1_048_550;

    /// <summary>CloudWatch Logs: a metric filter has at most three dimensions.</summary>
    internal const int MaxDimensions = 3;

    /// <summary>CloudWatch Logs: the name of a dimension has at most 255 characters.</summary>
    internal const int MaxDimensionName = 255;

    /// <summary>CloudWatch Logs: the value of a metric filter is written in at most 100 characters.</summary>
    internal const int MaxValue = 100;
}
