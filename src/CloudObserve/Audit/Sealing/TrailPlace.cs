using CloudObserve.Audit.Files;

namespace CloudObserve.Audit.Sealing;

/// <summary>In whose name files are written, and where.</summary>
/// <param name="Layout">Where everything lies.</param>
/// <param name="Account">The account.</param>
/// <param name="Region">The region.</param>
/// <param name="TrailName">The trail's name.</param>
/// <param name="Bucket">The bucket that digests name.</param>
/// <param name="KeyPrefix">What stands in front of keys in digests; with its slash, or empty.</param>
internal sealed record TrailPlace(TrailLayout Layout, string Account, string Region, string TrailName, string Bucket, string KeyPrefix);
