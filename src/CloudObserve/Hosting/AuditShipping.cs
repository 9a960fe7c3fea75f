using CloudObserve.Audit;
using CloudObserve.Audit.Sealing;
using CloudObserve.Audit.Shipping;
using CloudObserve.Delivery;
using CloudObserve.Diagnostics;
using CloudObserve.LogEvents.Routing;
using CloudObserve.LogEvents.Wire;
using CloudObserve.Pipeline.Batches;
using CloudObserve.Pipeline.Delivery;
using CloudObserve.Sinks;

namespace CloudObserve.Hosting;

/// <summary>Composes the shipping of the audit trail.</summary>
internal sealed class AuditShipping(
    CloudObserveOptions options,
    LogIdentity identity,
    DeliveryTarget target,
    AuditFileShipperSource? files,
    IDiagnosticEvents events)
{
    internal IEnumerable<ITrailShipping> Create(ShippingParts parts, TrailLocation place)
    {
        if (options.AuditTrail.LogGroup is { } group)
        {
            yield return Records(parts, group);
        }

        if (files is not null)
        {
            FileUploader attempts = new(events, FileShipping.SignalName, options.Delivery.MaxRetryDelay, parts.Time);
            yield return new FileShipping(parts, place, attempts, files.Create);
        }
    }

    /// <summary>Returns the settings with which the trail's own log group is created.</summary>
    internal static LogGroupSettings? GroupSettings(AuditTrailOptions trail, LogIdentity identity, string name) =>
        trail.LogGroup is { } template && LogTemplate.Parse(template, NameKind.LogGroup).Render(identity, "", default) == name
            ? new LogGroupSettings(trail.LogRetentionInDays, null, null, new Dictionary<string, string>())
            : null;

    private RecordShipping Records(ShippingParts parts, string group)
    {
        ShippingEvents shippingEvents = new(events);
        // Without a spool, because the trail itself is one. The shipping makes the copies, of a group that is repeated only once.
        LossLedger ledger = new(RecordShipping.SignalName, shippingEvents);
        RecordShipping shipping = new(
            parts,
            new LogBatches(new LogRouter(group, options.AuditTrail.LogStream, [], identity)),
            new DeliveryLoop(new DeliveryTarget(target.Sink), options.Delivery, ledger, shippingEvents, parts.Time),
            ledger,
            LogTemplate.Parse(group, NameKind.LogGroup).Render(identity, "", default),
            target.Copies);
        shippingEvents.Failing = shipping.Failing;
        return shipping;
    }
}
