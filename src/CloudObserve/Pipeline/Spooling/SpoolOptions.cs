namespace CloudObserve.Pipeline.Spooling;

/// <summary>What is kept on disk of batches that cannot be delivered for now: section <c>CloudObserve:Delivery:Spool</c>.</summary>
/// <remarks>
/// The spool lies in <c>spool</c> below <see cref="CloudObserveOptions.StateDirectory"/>. With <see cref="Destination.Local"/> there is none: what
/// lies in this process cannot be out of reach.
/// </remarks>
public sealed class SpoolOptions
{
    internal const long MinBytes = 1024 * 1024;
    internal const long MaxBytesLimit = 64L * 1024 * 1024 * 1024;

    /// <summary>Gets or sets a value indicating whether batches that cannot be delivered are kept on disk.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool Enabled { get; set; } = true;

    /// <summary>Gets or sets how much disk the spool of this process may take, in bytes.</summary>
    /// <value>1 MiB to 64 GiB. The default is 256 MiB.</value>
    /// <remarks>When it is used up, the oldest batch is lost as <see cref="Delivery.LossReason.SpoolFull"/>.</remarks>
    public long MaxBytes { get; set; } = 256 * 1024 * 1024;

    /// <summary>Gets or sets how old a batch may become in memory alone while its destination fails. By then it lies on disk as well.</summary>
    /// <value>0 seconds to 1 hour. The default is 10 seconds.</value>
    /// <remarks>
    /// This is what a crash of the process can cost of an outage that has lasted longer, and with it what had not become a batch yet. A request under
    /// way counts as failing when it has failed: of an endpoint that hangs, after <see cref="Delivery.DeliveryOptions.RequestTimeout"/>.
    /// </remarks>
    public TimeSpan SpillAfter { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Gets or sets a value indicating whether each file is forced to the disk before it counts as kept.</summary>
    /// <value>The default is <see langword="false"/>: files survive a crash of the process, but not one of the machine.</value>
    public bool FlushToDisk { get; set; }
}
