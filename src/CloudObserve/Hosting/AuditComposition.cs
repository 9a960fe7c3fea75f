using CloudObserve.Audit;
using CloudObserve.Audit.Sealing;
using CloudObserve.Audit.Shipping;
using CloudObserve.Audit.Storage;
using CloudObserve.Diagnostics;
using CloudObserve.LogEvents.Redaction;
using CloudObserve.Pipeline.Batches;

namespace CloudObserve.Hosting;

/// <summary>Holds the parts of one host's audit trail: the trail that the application uses and the signal that the host runs.</summary>
internal sealed record AuditComposition(AuditTrail Trail, AuditSignal Signal)
{
    internal static AuditComposition Create(
        CloudObserveOptions options,
        AuditIdentification identification,
        AuditSigner? signer,
        IAuditObserver observer,
        IDiagnosticEvents events,
        TimeProvider time,
        Func<ShippingParts, TrailLocation, IEnumerable<ITrailShipping>> shippings,
        AuditInstruments instruments)
    {
        DiskStorage storage = new();
        AuditParts parts = new(
            options.AuditTrail,
            identification.Place,
            identification.Defaults,
            storage,
            signer,
            () => options.Logs.Redaction.Enabled ? new Redactor(options.Logs.Redaction) : null,
            new LossLedger(AuditSignal.SignalName, events),
            observer,
            time)
        {
            Shippings = [.. shippings(new ShippingParts(identification.Place.Layout, storage, observer, time), identification.Place)],
        };
        foreach (ITrailShipping shipping in parts.Shippings)
        {
            instruments.Observe(() => (shipping.Reading.Destination, shipping.Reading.Undelivered, shipping.Reading.OldestAge));
        }

        AuditSignal signal = new(parts);
        return new AuditComposition(new AuditTrail(parts, signal), signal);
    }
}
