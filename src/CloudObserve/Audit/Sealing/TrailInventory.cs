using System.Globalization;
using System.Text.Json;
using CloudObserve.Audit.Files;
using CloudObserve.Audit.Storage;
using CloudObserve.Audit.Verification;

namespace CloudObserve.Audit.Sealing;

/// <summary>What earlier processes left: where the chain of records and the chain of digests stand, and which sealed files no digest names.</summary>
internal sealed class TrailInventory
{
    private readonly TrailPlace _place;
    private readonly List<TrailFile> _logs = [];
    private readonly List<TrailFile> _digests = [];

    internal TrailInventory(TrailPlace place)
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

    /// <summary>Gets whether nothing was ever sealed here.</summary>
    internal bool IsEmpty => _logs.Count == 0 && _digests.Count == 0;

    /// <summary>Gets when the digests end, in order.</summary>
    internal IEnumerable<DateTimeOffset> DigestEnds => _digests.Select(d => d.Time).Order();

    /// <summary>Gets the newest time that a sealed file has in its name.</summary>
    internal DateTimeOffset SealedAt => _logs.Count == 0 ? DateTimeOffset.MinValue : _logs.Max(f => f.Time);

    /// <summary>Finds the newest line of the sealed files. Names are unique within a minute but in no order, so all files of the newest minute are read.</summary>
    /// <param name="unreadable">Told of a file that is none.</param>
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
    /// <param name="unreadable">Told of a digest that is none, or has no signature.</param>
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
                ?? throw new InvalidDataException("its signature is not here");
            return new DigestLink(newest.Key, digest.Bucket, digest.Object, digest.Hash, signature, newest.Time)
            {
                StringToSign = digest.StringToSign,
                Fingerprint = digest.Fingerprint,
            };
        }
        catch (Exception fault) when (IsUnreadable(fault))
        {
            unreadable($"The newest digest '{newest.Key}' cannot be read ({fault.Message}): the chain of digests begins anew.");
            return null;
        }
    }

    /// <summary>Finds out whether a digest is here, the newest ones first.</summary>
    /// <param name="hash">The hash of its content.</param>
    /// <param name="unreadable">Told of a digest that is none.</param>
    internal bool HasDigest(RecordHash hash, Action<string> unreadable) =>
        _digests.OrderByDescending(d => d.Time).Any(d => TryReadDigest(d, unreadable)?.Hash == hash.ToString());

    /// <summary>Finds sealed files that no digest names: sealed after the last one, before the process ended.</summary>
    /// <param name="since">When the newest digest ends.</param>
    /// <param name="unreadable">Told of a file that is none.</param>
    internal List<SealedFile> NotInDigests(DateTimeOffset since, Action<string> unreadable)
    {
        // The names of sealed files have minutes only; those of the digests' last minute may be in one.
        DateTimeOffset minute = new(since.UtcTicks - (since.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
        HashSet<string> named = [.. _digests.Where(d => d.Time >= minute).SelectMany(d => FilesOf(d, unreadable))];
        List<SealedFile> files = [];
        foreach (TrailFile file in _logs.Where(f => f.Time >= minute && f.Account == _place.Account && f.Region == _place.Region && !named.Contains(f.Key)))
        {
            if (TryRead(file, unreadable) is { } records)
            {
                files.Add(new SealedFile(file.Key, records));
            }
        }

        return files;
    }

    private static bool IsUnreadable(Exception fault) =>
        StorageFault.Is(fault) || fault is InvalidDataException or JsonException or FormatException;

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

    // The prefix may have been another one when the digest was written; keys begin the same way without it.
    private static string WithoutPrefix(string objectKey) => objectKey[Math.Max(0, objectKey.IndexOf("AWSLogs/", StringComparison.Ordinal))..];

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
