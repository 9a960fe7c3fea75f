namespace CloudObserve.Audit.Files;

/// <summary>Represents the information in the path of a sealed file or digest.</summary>
/// <param name="Kind">The kind of the file.</param>
/// <param name="Key">The path relative to the trail's directory, with slashes and without the key prefix.</param>
/// <param name="Account">The account.</param>
/// <param name="Region">The region.</param>
/// <param name="TrailName">The name of the trail; <see langword="null"/> for sealed records, whose names do not contain it.</param>
/// <param name="Time">The time of sealing (whole minutes), or the end of the digest (whole seconds).</param>
internal sealed record TrailFile(TrailFileKind Kind, string Key, string Account, string Region, string? TrailName, DateTimeOffset Time);
