using CloudObserve.Audit;

namespace CloudObserve.Hosting;

/// <summary>Creates the application's own file shipper when the trail is opened, and not when the services are built.</summary>
/// <remarks>The shipper may need a logger, and the library itself is created while loggers are being created.</remarks>
/// <param name="Create">Creates the shipper.</param>
internal sealed record AuditFileShipperSource(Func<IAuditFileShipper> Create);
