namespace CloudObserve.Sinks.Local;

/// <summary>How much the embedded CloudWatch may keep, and in which form: section <c>CloudObserve:Local</c>.</summary>
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

    /// <summary>Gets or sets a value indicating whether percentiles and trimmed statistics are computed from the samples as they came.</summary>
    /// <value>The default is <see langword="false"/>: as CloudWatch computes them, from a histogram whose bins are 10 % wide.</value>
    /// <remarks>
    /// <see langword="true"/> is not what CloudWatch answers. Its p99 can lie up to 10 % away from a sample's value, and an alarm on it sees that
    /// value; with exact percentiles an alarm may fire here and not there. Use it to look at your own data, not to try out what AWS would do.
    /// A percentile is then the smallest sample that at least so many percent of the samples do not exceed. Up to 2,048 different values of a
    /// period are kept; more are merged to within 1 percent of their value. This takes more memory.
    /// </remarks>
    public bool ExactPercentiles { get; set; }
}
