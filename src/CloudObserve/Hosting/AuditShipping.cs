using CloudObserve.Audit;
using CloudObserve.Audit.Sealing;
using CloudObserve.Audit.Shipping;
using CloudObserve.Delivery;
using CloudObserve.Diagnostics;
using CloudObserve.LogEvents.Routing;
using CloudObserve.LogEvents.Wire;
using CloudObserve.Pipeline.Delivery;
using CloudObserve.Sinks;

namespace CloudObserve.Hosting;

/// <summary>Composes the shipping of the audit trail.</summary>
internal sealed class AuditShipping(
    CloudObserveOptions options,
    LogIdentity identity,
    IBatchSink sink,
    AuditFileShipperSource? files,
    IDiagnosticEvents events,
    CopyDelivery? copies)
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
        LossLedger ledger = new(RecordShipping.SignalName, shippingEvents);
        RecordShipping shipping = new(
            parts,
            new LogBatches(new LogRouter(group, options.AuditTrail.LogStream, [], identity)),
            new DeliveryLoop(sink, options.Delivery, ledger, shippingEvents, parts.Time),
            ledger,
            LogTemplate.Parse(group, NameKind.LogGroup).Render(identity, "", default),
            copies);
        shippingEvents.Failing = shipping.Failing;
        return shipping;
    }
}
