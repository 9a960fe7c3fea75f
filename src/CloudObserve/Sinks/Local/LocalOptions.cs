namespace CloudObserve.Sinks.Local;

/// <summary>How much the embedded CloudWatch may keep: section <c>CloudObserve:Local</c>.</summary>
/// <remarks>How long it keeps data is not decided here but by CloudWatch's own rules and a log group's retention: what is read locally is what AWS would answer.</remarks>
public sealed class LocalOptions
{
    internal const string SectionName = "CloudObserve:Local";
    internal const int MinSeries = 1;
    internal const int MaxSeriesLimit = 1_000_000;
    internal const long MinBytes = 1024 * 1024;
    internal const long MaxBytesLimit = 16L * 1024 * 1024 * 1024;

    /// <summary>Gets or sets how many metrics (namespace, name and set of dimensions) are kept.</summary>
    /// <value>1 to 1,000,000. The default is 10,000.</value>
    /// <remarks>When one more is needed, the metric that has been silent for longest is dropped; see <see cref="EmbeddedCloudWatch.DroppedSeries"/>.</remarks>
    public int MaxSeries { get; set; } = 10_000;

    /// <summary>Gets or sets the memory that metrics may take, in bytes; an estimate that counts arrays and strings.</summary>
    /// <value>1 MiB to 16 GiB. The default is 128 MiB.</value>
    /// <remarks>
    /// When it is used up, metrics that have been silent for an hour are dropped, the longest silent first; then the oldest data of all
    /// metrics (<see cref="EmbeddedCloudWatch.DroppedDatapoints"/>); then, if still needed, further metrics.
    /// </remarks>
    public long MaxBytes { get; set; } = 128 * 1024 * 1024;

    /// <summary>Gets or sets the memory that log events may take, in bytes; an estimate that counts messages, names and what holds them.</summary>
    /// <value>1 MiB to 16 GiB. The default is 64 MiB.</value>
    /// <remarks>When it is used up, the oldest events of all groups are dropped; see <see cref="EmbeddedCloudWatch.DroppedLogEvents"/>.</remarks>
    public long MaxLogBytes { get; set; } = 64 * 1024 * 1024;
}
