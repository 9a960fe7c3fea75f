using CloudObserve.Diagnostics;
using CloudObserve.Pipeline;
using CloudObserve.Pipeline.Delivery;
using CloudObserve.Sinks.Local;

namespace CloudObserve.Hosting;

/// <summary>The part that the embedded CloudWatch has in a host: the destination, a copy beside another destination, or none.</summary>
/// <param name="Copies">Delivers the copies; <see langword="null"/> if none are made.</param>
internal sealed record LocalComposition(CopyDelivery? Copies)
{
    /// <summary>The name of the copies in reports, instruments and logs.</summary>
    internal const string CopyName = "local-copy";

    /// <summary>Gets the signals to run besides those of the application.</summary>
    internal IEnumerable<ISignal> Signals => Copies is null ? [] : [Copies];

    /// <param name="options">Validated options.</param>
    /// <param name="destination">The sink of all signals.</param>
    /// <param name="createLocal">Creates the sink of the embedded CloudWatch. Not called if the host does without it.</param>
    /// <param name="events">Receives reports.</param>
    /// <param name="time">The clock.</param>
    internal static LocalComposition Create(
        CloudObserveOptions options, IBatchSink destination, Func<LocalSink> createLocal, IDiagnosticEvents events, TimeProvider time)
    {
        // A copy of what is there already would count everything twice.
        bool makesCopies = options.Local.Copy && destination is not LocalSink;
        return new LocalComposition(
            makesCopies ? new CopyDelivery(CopyName, createLocal(), options.Delivery, events, time, static _ => false) : null);
    }
}
