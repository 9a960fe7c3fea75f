namespace CloudObserve.Metrics;

/// <summary>Where metrics in the embedded metric format are written.</summary>
public enum EmbeddedMetricTarget
{
    /// <summary>To a stream of CloudWatch Logs, with the log sink's own requests.</summary>
    Logs,

    /// <summary>To standard output, one document a line, for Lambda and for hosts that collect it.</summary>
    StandardOutput,
}
