using CloudObserve.Audit.Files;

namespace CloudObserve.Audit.Sealing;

/// <summary>Holds the paths of a trail, and the values in its file names and keys.</summary>
/// <param name="Layout">The paths of the trail.</param>
/// <param name="Account">The account.</param>
/// <param name="Region">The region.</param>
/// <param name="TrailName">The trail's name.</param>
/// <param name="Bucket">The bucket named in digests.</param>
/// <param name="KeyPrefix">The prefix of keys in digests, with its slash; or empty.</param>
internal sealed record TrailLocation(TrailLayout Layout, string Account, string Region, string TrailName, string Bucket, string KeyPrefix);
