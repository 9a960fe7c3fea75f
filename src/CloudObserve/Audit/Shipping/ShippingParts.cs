using CloudObserve.Audit.Files;
using CloudObserve.Audit.Storage;

namespace CloudObserve.Audit.Shipping;

/// <summary>Holds the parts that shipping uses.</summary>
/// <param name="Layout">The paths of the trail.</param>
/// <param name="Storage">The file system.</param>
/// <param name="Observer">Receives the events of the trail.</param>
/// <param name="Time">The clock.</param>
internal sealed record ShippingParts(TrailLayout Layout, IAuditStorage Storage, IAuditObserver Observer, TimeProvider Time);
