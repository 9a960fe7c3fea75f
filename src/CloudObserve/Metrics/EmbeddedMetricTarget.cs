namespace CloudObserve.Metrics;

/// <summary>Specifies the destination of metrics in the embedded metric format.</summary>
public enum EmbeddedMetricTarget
{
    /// <summary>A stream of CloudWatch Logs, written with the log sink's requests.</summary>
    Logs,

    /// <summary>Standard output, one document per line, for Lambda and for hosts that collect it.</summary>
    StandardOutput,
}
