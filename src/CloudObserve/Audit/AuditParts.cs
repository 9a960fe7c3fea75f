using CloudObserve.Audit.Records;
using CloudObserve.Audit.Sealing;
using CloudObserve.Audit.Shipping;
using CloudObserve.Audit.Storage;
using CloudObserve.LogEvents.Redaction;
using CloudObserve.Pipeline.Batches;

namespace CloudObserve.Audit;

/// <summary>Holds the parts of a trail before it is opened.</summary>
/// <remarks>The host's composition creates it.</remarks>
/// <param name="Options">The validated options.</param>
/// <param name="Place">The location of the trail and the values in its file names.</param>
/// <param name="Defaults">The default values of records.</param>
/// <param name="Storage">The file system.</param>
/// <param name="HostSigner">The application's own signer, or <see langword="null"/>.</param>
/// <param name="CreateRedactor">Creates a redactor for an encoder.</param>
/// <param name="Ledger">The ledger of the signal.</param>
/// <param name="Observer">Receives the events of the trail.</param>
/// <param name="Time">The clock.</param>
internal sealed record AuditParts(
    AuditTrailOptions Options,
    TrailLocation Place,
    RecordDefaults Defaults,
    IAuditStorage Storage,
    AuditSigner? HostSigner,
    Func<Redactor?> CreateRedactor,
    LossLedger Ledger,
    IAuditObserver Observer,
    TimeProvider Time)
{
    /// <summary>Gets the destinations to which the trail is shipped.</summary>
    internal IReadOnlyList<ITrailShipping> Shippings { get; init; } = [];
}
