using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;
using CloudObserve.Audit.Files;

namespace CloudObserve.Audit.Reading;

/// <summary>
/// A sealed file or digest as it lies in a directory, ours or a copy of a bucket of CloudTrail's: there may be a prefix in front, an
/// organization in the path, and a home region in a digest's name.
/// </summary>
/// <param name="Kind">What it is.</param>
/// <param name="Key">The path from <c>AWSLogs</c> on, with slashes: what names it in digests, whatever the prefix.</param>
/// <param name="Path">Where it lies.</param>
/// <param name="Series">What files of one account, region and, for digests, trail have in common.</param>
/// <param name="Time">When it was sealed (whole minutes), or when the digest ends (whole seconds).</param>
internal sealed partial record TrailPath(TrailFileKind Kind, string Key, string Path, string Series, DateTimeOffset Time)
{
    private const string Root = "AWSLogs/";

    /// <summary>Gets a value indicating whether it is a digest for files that came late.</summary>
    internal bool IsBackfill => Kind == TrailFileKind.Digest && Key.EndsWith("_backfill.json.gz", StringComparison.Ordinal);

    /// <summary>Finds the part of an object's key or of a path that does not depend on where the trail is kept.</summary>
    /// <returns><see langword="null"/> if there is none.</returns>
    internal static string? KeyOf(string path)
    {
        int root = path.LastIndexOf('/' + Root, StringComparison.Ordinal);
        return root >= 0 ? path[(root + 1)..] : path.StartsWith(Root, StringComparison.Ordinal) ? path : null;
    }

    /// <summary>Reads the key of a file.</summary>
    /// <returns><see langword="false"/> when it is not the key of a sealed file or of a digest.</returns>
    internal static bool TryParse(string key, string path, [NotNullWhen(true)] out TrailPath? parsed)
    {
        Match match = Pattern().Match(key);
        bool isLog = match.Groups["log"].Success;
        string format = isLog ? "yyyyMMdd'T'HHmm'Z'" : "yyyyMMdd'T'HHmmss'Z'";
        parsed = null;
        if (!match.Success || !DateTimeOffset.TryParseExact(
            match.Groups["time"].Value, format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time))
        {
            return false;
        }

        // Digests for files that came late are a chain of their own.
        string series = isLog ? match.Groups["folder"].Value : $"{match.Groups["folder"].Value}/{match.Groups["name"].Value}{match.Groups["late"].Value}";
        parsed = new TrailPath(isLog ? TrailFileKind.Log : TrailFileKind.Digest, key, path, series, time);
        return true;
    }

    /// <summary>Reads the name of a file of records, wherever it lies and whether it is compressed or not: copies of buckets are flat, or begin in the middle.</summary>
    /// <returns><see langword="false"/> when it is not such a name.</returns>
    internal static bool TryParseName(string name, string path, [NotNullWhen(true)] out TrailPath? parsed)
    {
        Match match = NamePattern().Match(name);
        parsed = null;
        if (!match.Success || !DateTimeOffset.TryParseExact(
            match.Groups["time"].Value, "yyyyMMdd'T'HHmm'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time))
        {
            return false;
        }

        string folder = $"{Root}{match.Groups["account"].Value}/{match.Groups["area"].Value}/{match.Groups["region"].Value}";
        string key = string.Create(CultureInfo.InvariantCulture, $"{folder}/{time.UtcDateTime:yyyy'/'MM'/'dd}/{match.Groups["file"].Value}.gz");
        parsed = new TrailPath(TrailFileKind.Log, key, path, folder, time);
        return true;
    }

    [GeneratedRegex(@"\A(?<file>(?<account>[0-9]{12})_(?<area>CloudTrail(?:-Insight|-NetworkActivity)?)_(?<region>[a-z0-9-]+)_(?<time>[0-9]{8}T[0-9]{4}Z)_[A-Za-z0-9]{16}\.json)(?:\.gz)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"\A(?<folder>AWSLogs/(?:o-[a-z0-9]+/)?[0-9]{12}/(?:(?<log>CloudTrail)|CloudTrail-Digest)/[a-z0-9-]+)/[0-9]{4}/[0-9]{2}/[0-9]{2}/(?<name>[A-Za-z0-9._-]+)_(?<time>[0-9]{8}T[0-9]{4}(?:[0-9]{2})?Z)(?(log)_[A-Za-z0-9]{16}|(?<late>_backfill)?)\.json\.gz\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
