using CloudObserve.Delivery;
using CloudObserve.Diagnostics;
using CloudObserve.Local;
using CloudObserve.Pipeline;
using CloudObserve.Pipeline.Delivery;
using CloudObserve.Sinks;
using CloudObserve.Sinks.Local;
using CloudObserve.Sinks.Local.Segments;

namespace CloudObserve.Hosting;

/// <summary>The part that the embedded CloudWatch has in a host: the destination, a copy beside another destination, or none.</summary>
/// <param name="Copies">Delivers the copies; <see langword="null"/> if none are made.</param>
/// <param name="Kept">Keeps the data over restarts; <see langword="null"/> if it ends with the process.</param>
internal sealed record LocalComposition(CopyDelivery? Copies, KeptBatches? Kept)
{
    /// <summary>The name of the copies in reports, instruments and logs.</summary>
    internal const string CopyName = "local-copy";

    /// <summary>The name of the files in reports, instruments and logs.</summary>
    internal const string FilesName = "local-files";

    /// <summary>Gets the signals to run besides those of the application.</summary>
    internal IEnumerable<ISignal> Signals => new ISignal?[] { Copies, Kept }.OfType<ISignal>();

    /// <param name="options">Validated options.</param>
    /// <param name="destination">The sink of all signals.</param>
    /// <param name="createLocal">Creates the sink of the embedded CloudWatch. Not called if the host does without it.</param>
    /// <param name="events">Receives reports.</param>
    /// <param name="time">The clock.</param>
    internal static LocalComposition Create(
        CloudObserveOptions options, IBatchSink destination, Func<LocalSink> createLocal, IDiagnosticEvents events, TimeProvider time)
    {
        if (destination is LocalSink own)
        {
            // A copy of what is there already would count everything twice.
            return new LocalComposition(null, own.Kept);
        }

        if (!options.Local.Copy)
        {
            return new LocalComposition(null, null);
        }

        LocalSink local = createLocal();
        CopyDelivery copies = new(CopyName, local, options.Delivery, events, time, batch => local.Kept?.Contains(batch) == true);
        return new LocalComposition(copies, local.Kept);
    }

    /// <summary>Creates the sink of the embedded CloudWatch.</summary>
    /// <param name="cloudWatch">The embedded CloudWatch.</param>
    /// <param name="groups">Returns the settings of a log group that is created, by its name.</param>
    /// <param name="options">Validated options.</param>
    /// <param name="contentRoot">The directory at which a relative path starts.</param>
    /// <param name="events">Receives reports.</param>
    internal static LocalSink CreateSink(
        EmbeddedCloudWatch cloudWatch, Func<string, LogGroupSettings> groups, LocalOptions options, string contentRoot,
        IDiagnosticEvents events)
    {
        LocalIngestion ingestion = new(cloudWatch, groups);
        KeptBatches? kept = options.Directory is { } directory
            ? new KeptBatches(
                FilesName, Path.GetFullPath(directory, contentRoot), options.MaxDiskBytes, ingestion, events, cloudWatch.Clock)
            : null;
        return new LocalSink(ingestion, kept);
    }
}
