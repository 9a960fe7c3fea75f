using CloudObserve.Audit.Records;
using CloudObserve.Audit.Sealing;
using CloudObserve.Audit.Shipping;
using CloudObserve.Audit.Storage;
using CloudObserve.Pipeline.Delivery;

namespace CloudObserve.Audit;

/// <summary>What a trail is made of before it is opened. Whoever composes the host makes it.</summary>
/// <param name="Options">Valid options.</param>
/// <param name="Place">Where it lies and in whose name.</param>
/// <param name="Defaults">What stands in a record for what its event does not say.</param>
/// <param name="Storage">The file system.</param>
/// <param name="HostSigner">The host's own signer, if it has one.</param>
/// <param name="CreateRedactor">Makes a redactor for one encoder.</param>
/// <param name="Ledger">The books.</param>
/// <param name="Observer">What is told of what happens.</param>
/// <param name="Time">The clock.</param>
internal sealed record AuditParts(
    AuditTrailOptions Options,
    TrailPlace Place,
    RecordDefaults Defaults,
    IAuditStorage Storage,
    AuditSigner? HostSigner,
    Func<IRecordRedactor?> CreateRedactor,
    LossLedger Ledger,
    IAuditObserver Observer,
    TimeProvider Time)
{
    /// <summary>Gets where the trail is shipped to.</summary>
    internal IReadOnlyList<ITrailShipping> Shippings { get; init; } = [];
}
