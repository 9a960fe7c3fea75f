namespace CloudObserve.Delivery;

/// <summary>Options for storing undeliverable batches on disk: section <c>CloudObserve:Delivery:Spool</c>.</summary>
/// <remarks>
/// The spool is the directory <c>spool</c> below <see cref="CloudObserveOptions.StateDirectory"/>. With <see cref="Destination.Local"/>
/// there is no spool, because the destination is in the same process.
/// </remarks>
public sealed class SpoolOptions
{
    internal const long MinBytes = 1024 * 1024;
    internal const long MaxBytesLimit = 64L * 1024 * 1024 * 1024;

    /// <summary>Gets or sets a value indicating whether batches that cannot be delivered are stored on disk.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool Enabled { get; set; } = true;

    /// <summary>Gets or sets the maximum size of this process's spool, in bytes.</summary>
    /// <value>1 MiB to 64 GiB. The default is 256 MiB.</value>
    /// <remarks>When it is used up, the oldest batch is lost as <see cref="CloudObserve.Delivery.LossReason.SpoolFull"/>.</remarks>
    public long MaxBytes { get; set; } = 256 * 1024 * 1024;

    /// <summary>Gets or sets the age at which a batch is written to disk while its destination is failing.</summary>
    /// <value>0 seconds to 1 hour. The default is 10 seconds.</value>
    /// <remarks>
    /// During a longer outage, a crash of the process loses at most the data of this time and data not yet encoded into a batch. A running
    /// request counts as failing only when it has failed: if an endpoint hangs, after
    /// <see cref="CloudObserve.Delivery.DeliveryOptions.RequestTimeout"/>.
    /// </remarks>
    public TimeSpan SpillAfter { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Gets or sets a value indicating whether each file is flushed to the disk before it counts as stored.</summary>
    /// <value>The default is <see langword="false"/>: files survive a crash of the process, but not a crash of the machine.</value>
    public bool FlushToDisk { get; set; }
}
