using CloudObserve.Audit;
using CloudObserve.Audit.Records;
using CloudObserve.Audit.Storage;
using CloudObserve.Logs;
using CloudObserve.Logs.Redaction;
using CloudObserve.Pipeline.Delivery;

namespace CloudObserve.Hosting;

/// <summary>The audit trail of one host, put together: the trail that the application uses and the signal that the host runs.</summary>
internal sealed record AuditComposition(AuditTrail Trail, AuditSignal Signal)
{
    /// <summary>The signal's name in reports, instruments and logs.</summary>
    internal const string SignalName = "audit";

    internal static AuditComposition Create(
        CloudObserveOptions options, AuditIdentification identification, AuditSigner? signer, IAuditObserver observer, TimeProvider time)
    {
        AuditParts parts = new(
            options.AuditTrail,
            identification.Place,
            identification.Defaults,
            new DiskStorage(),
            signer,
            () => RedactorOf(options.Logs.Redaction),
            new LossLedger(SignalName),
            observer,
            time);
        AuditSignal signal = new(parts);
        return new AuditComposition(new AuditTrail(parts, signal), signal);
    }

    private static AuditRedactor? RedactorOf(RedactionOptions redaction) => redaction.Enabled ? new AuditRedactor(new Redactor(redaction)) : null;
}
