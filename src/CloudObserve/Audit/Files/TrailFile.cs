namespace CloudObserve.Audit.Files;

/// <summary>What the path of a sealed file or of a digest says.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Key">The path below the trail's directory, with slashes, without the key prefix.</param>
/// <param name="Account">The account.</param>
/// <param name="Region">The region.</param>
/// <param name="TrailName">The trail's name; <see langword="null"/> for sealed records, whose names do not have it.</param>
/// <param name="Time">When it was sealed (whole minutes), or when the digest ends (whole seconds).</param>
internal sealed record TrailFile(TrailFileKind Kind, string Key, string Account, string Region, string? TrailName, DateTimeOffset Time);
