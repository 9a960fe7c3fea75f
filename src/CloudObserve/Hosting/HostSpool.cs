using CloudObserve.Delivery;
using CloudObserve.Diagnostics;
using CloudObserve.Pipeline.Spooling;
using CloudObserve.Sinks.Local;

namespace CloudObserve.Hosting;

/// <summary>Holds the spool of one host, or nothing when the host needs none.</summary>
/// <param name="Directory">The spool of the built-in signals; <see langword="null"/> when their destination is in this process.</param>
/// <param name="OfChannels">The spool of delivery channels, whose destinations are elsewhere. It is the same directory.</param>
/// <remarks>The spool's file lock is released with the host's services.</remarks>
internal sealed record HostSpool(SpoolDirectory? Directory, SpoolDirectory? OfChannels) : IDisposable
{
    /// <remarks>
    /// The disk is not touched before a signal starts. When the destination is in this process and there are no channels, the disk is never
    /// touched.
    /// </remarks>
    internal static HostSpool Create(CloudObserveOptions options, string applicationName, IBatchSink sink, IDiagnosticEvents events)
    {
        if (!options.Delivery.Spool.Enabled)
        {
            return new HostSpool(null, null);
        }

        string state = StateDirectory.Find(options.StateDirectory, applicationName, Environment.GetEnvironmentVariable);
        SpoolDirectory directory = new(Path.Combine(state, "spool"), options.Delivery.Spool, events);
        return new HostSpool(sink is LocalSink ? null : directory, directory);
    }

    public void Dispose() => OfChannels?.Dispose();
}
