using CloudObserve.Diagnostics;
using CloudObserve.Pipeline.Delivery;
using CloudObserve.Pipeline.Spooling;
using CloudObserve.Sinks.Local;

namespace CloudObserve.Hosting;

/// <summary>The spool of one host, or the knowledge that it needs none. Its lock ends with the host's services.</summary>
internal sealed record HostSpool(SpoolDirectory? Directory) : IDisposable
{
    /// <remarks>Nothing touches the disk before a signal starts, and nothing ever does where the destination lies in this process.</remarks>
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
