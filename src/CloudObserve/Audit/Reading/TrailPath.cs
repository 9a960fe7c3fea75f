using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;
using CloudObserve.Audit.Files;

namespace CloudObserve.Audit.Reading;

/// <summary>Represents the path of a sealed file or digest, in a trail or in a copy of one of CloudTrail's buckets.</summary>
/// <remarks>The path may have a prefix and contain an organization, and the name of a digest may contain a home region.</remarks>
/// <param name="Kind">The kind of the file.</param>
/// <param name="Key">The path from <c>AWSLogs</c> on, with slashes. Digests identify the file by it, whatever the prefix.</param>
/// <param name="Path">The path of the file.</param>
/// <param name="Series">The common identifier of files of one account, region and, for digests, trail.</param>
/// <param name="Time">The time of sealing (whole minutes), or the end of the digest (whole seconds).</param>
internal sealed partial record TrailPath(TrailFileKind Kind, string Key, string Path, string Series, DateTimeOffset Time)
{
    private const string Root = "AWSLogs/";

    /// <summary>Gets a value indicating whether it is a digest for files that were delivered late.</summary>
    internal bool IsBackfill => Kind == TrailFileKind.Digest && Key.EndsWith("_backfill.json.gz", StringComparison.Ordinal);

    /// <summary>Returns the part of a key or path that does not depend on where the trail is stored.</summary>
    /// <returns><see langword="null"/> if there is no such part.</returns>
    internal static string? KeyOf(string path)
    {
        int root = path.LastIndexOf('/' + Root, StringComparison.Ordinal);
        return root >= 0 ? path[(root + 1)..] : path.StartsWith(Root, StringComparison.Ordinal) ? path : null;
    }

    /// <summary>Parses the key of a file.</summary>
    /// <returns><see langword="false"/> if it is not the key of a sealed file or digest.</returns>
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

        // Digests for files that were delivered late form a separate chain.
        string series = isLog
            ? match.Groups["folder"].Value : $"{match.Groups["folder"].Value}/{match.Groups["name"].Value}{match.Groups["late"].Value}";
        parsed = new TrailPath(isLog ? TrailFileKind.Log : TrailFileKind.Digest, key, path, series, time);
        return true;
    }

    /// <summary>Parses the name of a file of records in any folder, compressed or not.</summary>
    /// <remarks>Copies of buckets may lack the folder structure.</remarks>
    /// <returns><see langword="false"/> if it is not such a name.</returns>
    internal static bool TryParseName(string name, string path, [NotNullWhen(true)] out TrailPath? parsed)
    {
        Match match = NamePattern().Match(name);
        parsed = null;
        if (!match.Success || !DateTimeOffset.TryParseExact(
            match.Groups["time"].Value, "yyyyMMdd'T'HHmm'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal,
            out DateTimeOffset time))
        {
            return false;
        }

        string folder = $"{Root}{match.Groups["account"].Value}/{match.Groups["area"].Value}/{match.Groups["region"].Value}";
        string key = string.Create(
            CultureInfo.InvariantCulture, $"{folder}/{time.UtcDateTime:yyyy'/'MM'/'dd}/{match.Groups["file"].Value}.gz");
        parsed = new TrailPath(TrailFileKind.Log, key, path, folder, time);
        return true;
    }

    [GeneratedRegex(@"\A(?<file>(?<account>[0-9]{12})_(?<area>CloudTrail(?:-Insight|-NetworkActivity)?)_(?<region>[a-z0-9-]+)_(?<time>[0-9]{8}T[0-9]{4}Z)_[A-Za-z0-9]{16}\.json)(?:\.gz)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"\A(?<folder>AWSLogs/(?:o-[a-z0-9]+/)?[0-9]{12}/(?:(?<log>CloudTrail)|CloudTrail-Digest)/[a-z0-9-]+)/[0-9]{4}/[0-9]{2}/[0-9]{2}/(?<name>[A-Za-z0-9._-]+)_(?<time>[0-9]{8}T[0-9]{4}(?:[0-9]{2})?Z)(?(log)_[A-Za-z0-9]{16}|(?<late>_backfill)?)\.json\.gz\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
