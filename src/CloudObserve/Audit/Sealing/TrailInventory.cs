using System.Globalization;
using System.Text.Json;
using CloudObserve.Audit.Files;
using CloudObserve.Audit.Storage;
using CloudObserve.Audit.Verification;

namespace CloudObserve.Audit.Sealing;

/// <summary>
/// Reads the state that earlier processes left: the ends of the chains of records and digests, and the sealed files that no digest lists.
/// </summary>
internal sealed class TrailInventory
{
    private readonly TrailLocation _place;
    private readonly List<TrailFile> _logs = [];
    private readonly List<TrailFile> _digests = [];

    internal TrailInventory(TrailLocation place)
    {
        _place = place;
        foreach (TrailFile file in place.Layout.Files())
        {
            if (file.Kind == TrailFileKind.Log)
            {
                _logs.Add(file);
            }
            else if (file.Account == place.Account && file.Region == place.Region && file.TrailName == place.TrailName)
            {
                _digests.Add(file);
            }
        }
    }

    /// <summary>Gets whether nothing has ever been sealed.</summary>
    internal bool IsEmpty => _logs.Count == 0 && _digests.Count == 0;

    /// <summary>Gets the end times of the digests, in order.</summary>
    internal IEnumerable<DateTimeOffset> DigestEnds => _digests.Select(d => d.Time).Order();

    /// <summary>Gets the newest time in the name of a sealed file.</summary>
    internal DateTimeOffset SealedAt => _logs.Count == 0 ? DateTimeOffset.MinValue : _logs.Max(f => f.Time);

    /// <summary>Finds the newest line of the sealed files.</summary>
    /// <remarks>Names are unique within a minute but not ordered, so all files of the newest minute are read.</remarks>
    /// <param name="unreadable">Receives a message about each unreadable file.</param>
    internal TrailHead NewestSealed(Action<string> unreadable)
    {
        TrailHead newest = default;
        DateTimeOffset last = SealedAt;
        foreach (TrailFile file in _logs.Where(f => f.Time == last))
        {
            if (TryRead(file, unreadable) is { } records && records.Newest.Sequence > newest.Sequence)
            {
                newest = records.Newest;
            }
        }

        return newest;
    }

    /// <summary>Finds the newest digest.</summary>
    /// <param name="unreadable">Receives a message about a digest that is unreadable or has no signature.</param>
    internal DigestLink? NewestDigest(Action<string> unreadable)
    {
        if (_digests.Count == 0)
        {
            return null;
        }

        TrailFile newest = _digests.MaxBy(f => f.Time)!;
        try
        {
            TrailDigest digest = Read(newest);
            string signature = DigestReader.ReadSignature(_place.Layout.PathOf(newest.Key) + TrailLayout.SignatureSuffix)
                ?? throw new InvalidDataException("its signature is missing");
            return new DigestLink(newest.Key, digest.Bucket, digest.Object, digest.Hash, signature, newest.Time)
            {
                StringToSign = digest.StringToSign,
                Fingerprint = digest.Fingerprint,
            };
        }
        catch (Exception fault) when (IsUnreadable(fault))
        {
            unreadable($"The newest digest '{newest.Key}' cannot be read ({fault.Message}). A new chain of digests begins.");
            return null;
        }
    }

    /// <summary>Returns whether a digest exists; the newest ones are checked first.</summary>
    /// <param name="hash">The hash of the digest's content.</param>
    /// <param name="unreadable">Receives a message about each unreadable digest.</param>
    internal bool HasDigest(RecordHash hash, Action<string> unreadable) =>
        _digests.OrderByDescending(d => d.Time).Any(d => TryReadDigest(d, unreadable)?.Hash == hash.ToString());

    /// <summary>Finds sealed files that no digest lists: files sealed after the last digest and before the process ended.</summary>
    /// <param name="since">The end of the newest digest.</param>
    /// <param name="unreadable">Receives a message about each unreadable file.</param>
    internal List<SealedFile> NotInDigests(DateTimeOffset since, Action<string> unreadable)
    {
        // The names of sealed files have whole minutes, so a digest may already list files of its last minute.
        DateTimeOffset minute = new(since.UtcTicks - (since.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
        HashSet<string> named = [.. _digests.Where(d => d.Time >= minute).SelectMany(d => FilesOf(d, unreadable))];
        List<SealedFile> files = [];
        foreach (TrailFile file in _logs.Where(
            f => f.Time >= minute && f.Account == _place.Account && f.Region == _place.Region && !named.Contains(f.Key)))
        {
            if (TryRead(file, unreadable) is { } records)
            {
                files.Add(new SealedFile(file.Key, records));
            }
        }

        return files;
    }

    private static bool IsUnreadable(Exception exception) =>
        StorageFault.Is(exception) || exception is InvalidDataException or JsonException or FormatException;

    private IEnumerable<string> FilesOf(TrailFile digest, Action<string> unreadable) =>
        TryReadDigest(digest, unreadable)?.LogFiles.Select(static f => WithoutPrefix(f.Object)) ?? [];

    private TrailDigest Read(TrailFile digest) => TrailDigest.Parse(SealedRecords.Unzip(_place.Layout.PathOf(digest.Key)));

    private TrailDigest? TryReadDigest(TrailFile digest, Action<string> unreadable)
    {
        try
        {
            return Read(digest);
        }
        catch (Exception fault) when (IsUnreadable(fault))
        {
            unreadable($"The digest '{digest.Key}' cannot be read: {fault.Message}");
            return null;
        }
    }

    // The prefix may have been different when the digest was written. Without the prefix all keys begin the same way.
    private static string WithoutPrefix(string objectKey) =>
        objectKey[Math.Max(0, objectKey.IndexOf("AWSLogs/", StringComparison.Ordinal))..];

    private SealedRecords? TryRead(TrailFile file, Action<string> unreadable)
    {
        try
        {
            return SealedRecords.Read(_place.Layout.PathOf(file.Key));
        }
        catch (Exception fault) when (IsUnreadable(fault))
        {
            unreadable(string.Create(CultureInfo.InvariantCulture, $"The sealed file '{file.Key}' cannot be read: {fault.Message}"));
            return null;
        }
    }
}
