using CloudObserve.Delivery;
using CloudObserve.Diagnostics;
using CloudObserve.Pipeline.Spooling;
using CloudObserve.Sinks.Local;

namespace CloudObserve.Hosting;

/// <summary>Holds the spool of one host, or nothing when the host needs none.</summary>
/// <remarks>The spool's file lock is released with the host's services.</remarks>
internal sealed record HostSpool(SpoolDirectory? Directory) : IDisposable
{
    /// <remarks>
    /// The disk is not touched before a signal starts. When the destination is in this process, the disk is never touched.
    /// </remarks>
    internal static HostSpool Create(CloudObserveOptions options, string applicationName, IBatchSink sink, IDiagnosticEvents events)
    {
        if (sink is LocalSink || !options.Delivery.Spool.Enabled)
        {
            return new HostSpool((SpoolDirectory?)null);
        }

        string state = StateDirectory.Find(options.StateDirectory, applicationName, Environment.GetEnvironmentVariable);
        return new HostSpool(new SpoolDirectory(Path.Combine(state, "spool"), options.Delivery.Spool, events));
    }

    public void Dispose() => Directory?.Dispose();
}
