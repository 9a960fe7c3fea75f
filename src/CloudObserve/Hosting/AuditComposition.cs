using System.Buffers;
using CloudObserve.Audit;
using CloudObserve.Audit.Records;
using CloudObserve.Audit.Sealing;
using CloudObserve.Audit.Shipping;
using CloudObserve.Audit.Storage;
using CloudObserve.Diagnostics;
using CloudObserve.Logs;
using CloudObserve.Logs.Redaction;
using CloudObserve.Pipeline.Delivery;

namespace CloudObserve.Hosting;

/// <summary>Holds the parts of one host's audit trail: the trail that the application uses and the signal that the host runs.</summary>
internal sealed record AuditComposition(AuditTrail Trail, AuditSignal Signal)
{
    /// <summary>The name of the audit signal in reports, instruments and logs.</summary>
    internal const string SignalName = "audit";

    /// <summary>The signal name under which shipping of records to a log group is reported.</summary>
    internal const string ShippingName = "audit-shipping";

    /// <summary>The signal name under which shipping of sealed files is reported.</summary>
    internal const string FilesName = "audit-files";

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
            () => RedactorOf(options.Logs.Redaction),
            new LossLedger(SignalName, events),
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

    private static AuditRedactor? RedactorOf(RedactionOptions redaction) =>
        redaction.Enabled ? new AuditRedactor(new Redactor(redaction)) : null;

    // Applies the redaction rules for log events to audit records. Audit and Logs do not reference each other, so this class is in
    // Hosting.
    private sealed class AuditRedactor(Redactor redactor) : IRecordRedactor
    {
        public bool TryRedact(ReadOnlySpan<byte> text, IBufferWriter<byte> output) => redactor.TryRedact(text, output);
    }
}
