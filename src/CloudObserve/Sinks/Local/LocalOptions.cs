namespace CloudObserve.Local;

/// <summary>Options for the storage of the embedded CloudWatch: section <c>CloudObserve:Local</c>.</summary>
/// <remarks>
/// The retention is not an option: it follows CloudWatch's rules and the log group's retention, so that local queries return what AWS would
/// return.
/// </remarks>
public sealed class LocalOptions
{
    internal const string SectionName = "CloudObserve:Local";
    internal const long MinDiskBytes = 16 * 1024 * 1024;
    internal const long MaxDiskBytesLimit = 16L * 1024 * 1024 * 1024;
    internal const int MinSeries = 1;
    internal const int MaxSeriesLimit = 1_000_000;
    internal const long MinBytes = 1024 * 1024;
    internal const long MaxBytesLimit = 16L * 1024 * 1024 * 1024;

    /// <summary>Gets or sets a value indicating whether the embedded CloudWatch takes a copy of everything that goes to another
    /// destination.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    /// <remarks>
    /// <para>Each batch is copied once, when it is encoded, whatever the destination answers. A batch that an earlier process left in the
    /// spool is copied too. With <see cref="Destination.Local"/> the setting has no effect, because the data is there already.</para>
    /// <para>The copies have a buffer of their own, of the size <see cref="CloudObserve.Delivery.DeliveryOptions.MaxBufferBytes"/>, and
    /// cannot delay the
    /// delivery. They appear as the signal <c>local-copy</c> in the status, the health and the ledgers. A copy that is lost is counted
    /// there.</para>
    /// </remarks>
    public bool Copy { get; set; }

    /// <summary>Gets or sets the directory in which the data is kept over restarts.</summary>
    /// <value>The default is <see langword="null"/>: the data ends with the process. A relative path starts at the content root of the
    /// host.</value>
    /// <remarks>
    /// <para>Each request that the embedded CloudWatch takes is appended to a file. The next process applies the requests again when it
    /// starts.
    /// After a crash of the process, everything is there that was taken more than a second before.</para>
    /// <para>One process at a time uses the directory. A second one keeps its data in memory only, and reports that. The directory holds
    /// what the
    /// application logged; only its owner gets access. The files appear as the signal <c>local-files</c> in the status, the health and the
    /// ledgers.</para>
    /// </remarks>
    public string? Directory { get; set; }

    /// <summary>Gets or sets the maximum size of all files in <see cref="Directory"/>, in bytes.</summary>
    /// <value>16 MiB to 16 GiB. The default is 256 MiB.</value>
    /// <remarks>When it is used up, the oldest file is deleted, which is at most a sixteenth of it. A start reads all files.</remarks>
    public long MaxDiskBytes { get; set; } = 256 * 1024 * 1024;

    /// <summary>Gets or sets the maximum number of metrics (namespace, name and set of dimensions).</summary>
    /// <value>1 to 1,000,000. The default is 10,000.</value>
    /// <remarks>
    /// If it is exceeded, the metric that has been without data for longest is dropped; see <see cref="EmbeddedCloudWatch.DroppedSeries"/>.
    /// </remarks>
    public int MaxSeries { get; set; } = 10_000;

    /// <summary>
    /// Gets or sets the maximum memory of metrics, in bytes. It is compared with an estimate that counts arrays and strings.
    /// </summary>
    /// <value>1 MiB to 16 GiB. The default is 128 MiB.</value>
    /// <remarks>
    /// If it is exceeded, metrics without data for an hour are dropped, beginning with the oldest; then the oldest data of all metrics
    /// (<see cref="EmbeddedCloudWatch.DroppedDatapoints"/>); then, if still necessary, further metrics.
    /// </remarks>
    public long MaxBytes { get; set; } = 128 * 1024 * 1024;

    /// <summary>
    /// Gets or sets the maximum memory of log events, in bytes. It is compared with an estimate that counts messages, names and containers.
    /// </summary>
    /// <value>1 MiB to 16 GiB. The default is 64 MiB.</value>
    /// <remarks>
    /// If it is exceeded, the oldest events of all groups are dropped; see <see cref="EmbeddedCloudWatch.DroppedLogEvents"/>.
    /// </remarks>
    public long MaxLogBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>Gets or sets a value indicating whether percentiles and trimmed statistics are computed from the exact samples.</summary>
    /// <value>The default is <see langword="false"/>: they are computed as in CloudWatch, from a histogram whose bins are 10 %
    /// wide.</value>
    /// <remarks>
    /// With <see langword="true"/> the results differ from CloudWatch's. CloudWatch's p99 may differ from a sample's value by up to 10 %,
    /// and an alarm on it uses that value; with exact percentiles an alarm may fire here and not there. Use it to analyse your own data,
    /// not to predict what AWS would do. A percentile is then the smallest sample that is not exceeded by at least that percentage of the
    /// samples. Up to 2,048 different values per period are kept; more are merged to within 1 percent of their value. This needs more
    /// memory.
    /// </remarks>
    public bool ExactPercentiles { get; set; }
}
