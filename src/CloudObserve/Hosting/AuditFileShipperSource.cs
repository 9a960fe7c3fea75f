using CloudObserve.Audit;

namespace CloudObserve.Hosting;

/// <summary>Makes the host's own shipper of files when the trail is opened, not with the services: it may want a logger, and the library is made while loggers are.</summary>
/// <param name="Create">Makes it.</param>
internal sealed record AuditFileShipperSource(Func<IAuditFileShipper> Create);
