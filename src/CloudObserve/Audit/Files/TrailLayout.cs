using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace CloudObserve.Audit.Files;

/// <summary>Builds and parses all paths of a trail.</summary>
/// <remarks>Decision 0004 describes the content of each path.</remarks>
/// <threadsafety>Immutable.</threadsafety>
internal sealed partial class TrailLayout(string directory)
{
    /// <summary>The suffix of a digest's name for its signature.</summary>
    internal const string SignatureSuffix = ".sig";

    /// <summary>The suffix of the name of a file that is being written.</summary>
    /// <remarks>Such a file is not part of the trail.</remarks>
    internal const string TemporarySuffix = ".tmp";

    /// <summary>The number of characters that make the name of a sealed file unique.</summary>
    internal const int UniqueLength = 16;

    /// <summary>The options for searching directories.</summary>
    /// <remarks>Links are skipped: they could lead out of the trail or in circles, and the trail creates none.</remarks>
    internal static readonly EnumerationOptions WithoutLinks = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = FileAttributes.ReparsePoint,
        IgnoreInaccessible = false,
    };

    private const string MinuteFormat = "yyyyMMdd'T'HHmm'Z'";
    private const string SecondFormat = "yyyyMMdd'T'HHmmss'Z'";

    internal string Directory { get; } = Path.GetFullPath(directory);

    internal string LockFile => Path.Combine(Directory, "trail.lock");

    internal string PublicKeyFile => Path.Combine(Directory, "public-key.pem");

    internal string SigningKeyFile => Path.Combine(Directory, "signing-key.pem");

    /// <summary>Gets the file that stores the random number of the trail.</summary>
    internal string IdentityFile => Path.Combine(Directory, "trail.id");

    /// <summary>Gets the file that stores the last record shipped to a log group.</summary>
    internal string ShippedRecordsFile => Path.Combine(Directory, "shipped-records.state");

    /// <summary>Gets the name of <see cref="ShippedRecordsFile"/> in earlier versions.</summary>
    internal string FormerShippedRecordsFile => Path.Combine(Directory, "shipping.json");

    /// <summary>Gets the file that stores the files shipped to the bucket.</summary>
    internal string ShippedFilesFile => Path.Combine(Directory, "shipped-files.state");

    /// <summary>Gets the name of <see cref="ShippedFilesFile"/> in earlier versions.</summary>
    internal string FormerShippedFilesFile => Path.Combine(Directory, "shipped-files.json");

    internal string JournalDirectory => Path.Combine(Directory, "journal");

    /// <summary>Gets the file of the newest lines, which are not sealed yet.</summary>
    internal string ActiveFile => Path.Combine(JournalDirectory, "active.jsonl");

    /// <summary>Gets the file of the lines that are being sealed.</summary>
    /// <remarks>It is the former active file, and its lines precede those of <see cref="ActiveFile"/>.</remarks>
    internal string SealingFile => Path.Combine(JournalDirectory, "sealing.jsonl");

    /// <summary>Gets the file that stores the newest line.</summary>
    /// <remarks>The SDKs of .NET publish all <c>*.json</c> files with an application. No file of a trail may have such a name.</remarks>
    internal string HeadFile => Path.Combine(JournalDirectory, "journal.head");

    /// <summary>Gets the name of <see cref="HeadFile"/> in earlier versions.</summary>
    internal string FormerHeadFile => Path.Combine(JournalDirectory, "head.json");

    /// <summary>Gets the directory of sealed files and digests.</summary>
    internal string LogsDirectory => Path.Combine(Directory, "AWSLogs");

    /// <summary>Builds the key of a sealed file.</summary>
    /// <param name="account">The account.</param>
    /// <param name="region">The region.</param>
    /// <param name="time">The time of sealing.</param>
    /// <param name="unique">16 characters of <c>A–Z a–z 0–9</c>.</param>
    internal static string LogKey(string account, string region, DateTimeOffset time, string unique) => string.Create(
        CultureInfo.InvariantCulture,
        $"AWSLogs/{account}/CloudTrail/{region}/{Day(time)}/{account}_CloudTrail_{region}_{Text(time, MinuteFormat)}_{unique}.json.gz");

    /// <summary>Builds the key of a digest.</summary>
    /// <param name="account">The account.</param>
    /// <param name="region">The region.</param>
    /// <param name="trailName">The trail's name.</param>
    /// <param name="end">The end of the digest.</param>
    internal static string DigestKey(string account, string region, string trailName, DateTimeOffset end) => string.Create(
        CultureInfo.InvariantCulture,
        $"AWSLogs/{account}/CloudTrail-Digest/{region}/{Day(end)}/{account}_CloudTrail-Digest_{region}_{trailName}_{region}_{Text(end, SecondFormat)}.json.gz");

    /// <summary>Parses a key.</summary>
    /// <param name="key">A path relative to the trail's directory, with slashes and without the key prefix.</param>
    /// <param name="file">The parsed key.</param>
    /// <returns><see langword="false"/> if it is not the key of a sealed file or digest, or if its parts contradict each other.</returns>
    internal static bool TryParse(string key, [NotNullWhen(true)] out TrailFile? file)
    {
        Match log = LogPattern().Match(key);
        Match match = log.Success ? log : DigestPattern().Match(key);
        file = null;
        if (!match.Success || !TryTime(match.Groups["time"].Value, log.Success ? MinuteFormat : SecondFormat, out DateTimeOffset time)
            || match.Groups["day"].Value != Day(time))
        {
            return false;
        }

        file = new TrailFile(
            log.Success ? TrailFileKind.Log : TrailFileKind.Digest,
            key,
            match.Groups["account"].Value,
            match.Groups["region"].Value,
            log.Success ? null : match.Groups["trail"].Value,
            time);
        return true;
    }

    /// <summary>Returns the path of a key's file.</summary>
    internal string PathOf(string key) => Path.Combine(Directory, key.Replace('/', Path.DirectorySeparatorChar));

    /// <summary>Returns the key of a path in the trail's directory.</summary>
    internal string KeyOf(string path) => Path.GetRelativePath(Directory, path).Replace(Path.DirectorySeparatorChar, '/');

    /// <summary>Returns an unused path for the unchanged copy of a journal with changed records.</summary>
    internal string DamagedFile(DateTimeOffset found) => FreePath("damaged", found, ".jsonl");

    /// <summary>Returns an unused path for a head that belongs to no journal in the directory.</summary>
    internal string ForeignHeadFile(DateTimeOffset found) => FreePath("foreign", found, ".head");

    /// <summary>Finds all sealed files and digests in the order of their keys.</summary>
    /// <remarks>Files being written, signatures and foreign files are excluded.</remarks>
    internal IEnumerable<TrailFile> Files()
    {
        if (!System.IO.Directory.Exists(LogsDirectory))
        {
            yield break;
        }

        string[] keys = [.. System.IO.Directory.EnumerateFiles(LogsDirectory, "*.json.gz", WithoutLinks).Select(KeyOf)];
        Array.Sort(keys, StringComparer.Ordinal);
        foreach (string key in keys)
        {
            if (TryParse(key, out TrailFile? file))
            {
                yield return file;
            }
        }
    }

    private string FreePath(string name, DateTimeOffset found, string extension)
    {
        string path = Path.Combine(JournalDirectory, $"{name}-{Text(found, SecondFormat)}{extension}");
        return Path.Exists(path) ? FreePath(name, found + TimeSpan.FromSeconds(1), extension) : path;
    }

    private static string Day(DateTimeOffset time) => Text(time, "yyyy'/'MM'/'dd");

    private static string Text(DateTimeOffset time, string format) => time.UtcDateTime.ToString(format, CultureInfo.InvariantCulture);

    private static bool TryTime(string text, string format, out DateTimeOffset time) => DateTimeOffset.TryParseExact(
        text, format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);

    [GeneratedRegex(@"\AAWSLogs/(?<account>[0-9]{12})/CloudTrail/(?<region>[a-z0-9-]+)/(?<day>[0-9/]{10})/\k<account>_CloudTrail_\k<region>_(?<time>[0-9]{8}T[0-9]{4}Z)_[A-Za-z0-9]{16}\.json\.gz\z")]
    private static partial Regex LogPattern();

    [GeneratedRegex(@"\AAWSLogs/(?<account>[0-9]{12})/CloudTrail-Digest/(?<region>[a-z0-9-]+)/(?<day>[0-9/]{10})/\k<account>_CloudTrail-Digest_\k<region>_(?<trail>[A-Za-z0-9._-]+)_\k<region>_(?<time>[0-9]{8}T[0-9]{6}Z)\.json\.gz\z")]
    private static partial Regex DigestPattern();
}
