using CloudObserve.Audit;
using CloudObserve.Audit.Sealing;
using CloudObserve.Audit.Shipping;
using CloudObserve.Delivery;
using CloudObserve.Diagnostics;
using CloudObserve.Logs.Routing;
using CloudObserve.Pipeline.Delivery;
using CloudObserve.Sinks;

namespace CloudObserve.Hosting;

/// <summary>Composes the shipping of the audit trail and reports its state.</summary>
internal sealed class AuditShipping(
    CloudObserveOptions options,
    LogIdentity identity,
    IBatchSink sink,
    AuditFileShipperSource? files,
    IDiagnosticEvents events,
    SignalSources sources,
    AuditInstruments instruments,
    CopyDelivery? copies)
{
    // Gathering records and waiting for a slow answer take less than this. A longer delay means that shipping is lagging.
    private static readonly TimeSpan Lagging = TimeSpan.FromMinutes(5);

    internal IEnumerable<ITrailShipping> Create(ShippingParts parts, TrailLocation place)
    {
        if (options.AuditTrail.LogGroup is { } group)
        {
            yield return Show(Records(parts, group), AuditComposition.ShippingName);
        }

        if (files is not null)
        {
            FileUploader attempts = new(events, AuditComposition.FilesName, options.Delivery.MaxRetryDelay, parts.Time);
            yield return Show(new FileShipping(parts, place, attempts, files.Create), AuditComposition.FilesName);
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
        LossLedger ledger = new(AuditComposition.ShippingName, shippingEvents);
        RecordShipping shipping = new(
            parts,
            new AuditLogBatches(new LogRouter(group, options.AuditTrail.LogStream, [], identity)),
            new DeliveryLoop(sink, options.Delivery, ledger, shippingEvents, parts.Time),
            ledger,
            LogTemplate.Parse(group, NameKind.LogGroup).Render(identity, "", default),
            copies);
        shippingEvents.Failing = shipping.Failing;
        return shipping;
    }

    private ITrailShipping Show(ITrailShipping shipping, string name)
    {
        sources.Register(new SignalSource(name, () => Read(shipping.Reading)));
        instruments.Observe(() => (shipping.Reading.Destination, shipping.Reading.Undelivered, shipping.Reading.OldestAge));
        return shipping;
    }

    // Undelivered records are always on disk, so health is told only when the delay lasts.
    private static SignalReading Read(ShippingReading reading) => new(
        reading.Delivered + reading.Lost.Values.Sum() + reading.Undelivered,
        reading.Delivered,
        [.. reading.Lost.Select(static l => KeyValuePair.Create(l.Key.ToString(), l.Value))],
        reading.Undelivered,
        0,
        0,
        0,
        reading.OldestAge,
        Spooled: reading.OldestAge >= Lagging ? reading.Undelivered : 0);
}
