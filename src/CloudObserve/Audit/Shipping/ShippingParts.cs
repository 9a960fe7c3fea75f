using CloudObserve.Audit.Files;
using CloudObserve.Audit.Storage;

namespace CloudObserve.Audit.Shipping;

/// <summary>What shipping works with.</summary>
/// <param name="Layout">Where everything lies.</param>
/// <param name="Storage">The file system.</param>
/// <param name="Observer">What is told of what happens.</param>
/// <param name="Time">The clock.</param>
internal sealed record ShippingParts(TrailLayout Layout, IAuditStorage Storage, IAuditObserver Observer, TimeProvider Time);
