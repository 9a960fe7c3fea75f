using CloudObserve.Audit.Files;
using CloudObserve.Audit.Reading;
using CloudObserve.Audit.Storage;
using CloudObserve.Audit.Verification;

namespace CloudObserve.Audit.Sealing;

/// <summary>Removes what has been kept long enough: sealed files, digests and their signatures.</summary>
/// <param name="layout">Where everything lies.</param>
/// <param name="storage">The file system.</param>
/// <param name="age">How long files are kept.</param>
/// <param name="isShipped">Says whether a file is wherever else it is to be. Until then it stays, and what is newer stays with it.</param>
internal sealed class TrailRetention(TrailLayout layout, IAuditStorage storage, TimeSpan age, Func<TrailFile, bool> isShipped)
{
    /// <summary>Finds what is too old.</summary>
    /// <param name="now">The time.</param>
    /// <returns>Sealed files and digests, the oldest first.</returns>
    internal IReadOnlyList<TrailFile> Find(DateTimeOffset now)
    {
        TrailFile[] files = [.. layout.Files()];
        DateTimeOffset before = now - age;

        // A digest names older files and goes with them: neither may be left without the other.
        before = files.Where(f => f.Time < before).OrderBy(static f => f.Time).FirstOrDefault(f => !isShipped(f))?.Time ?? before;
        return NamedByKept(files, before) is { } named ? [.. files.Where(f => f.Time < before && !named.Contains(f.Key)).OrderBy(static f => f.Time)] : [];
    }

    /// <summary>Removes files, and the signatures of digests.</summary>
    internal void Remove(IReadOnlyList<TrailFile> files)
    {
        foreach (TrailFile file in files)
        {
            string path = layout.PathOf(file.Key);
            if (file.Kind == TrailFileKind.Digest)
            {
                // First, because a digest without a signature is found again after a crash, and a signature without a digest is not.
                storage.Delete(path + TrailLayout.SignatureSuffix);
            }

            storage.Delete(path);
        }
    }

    // The oldest digest that is kept names files that are older than itself. Were they gone before it, verifying could not tell retention from
    // theft. While it cannot be read, what it names is unknown, and all of it stays.
    private HashSet<string>? NamedByKept(TrailFile[] files, DateTimeOffset before)
    {
        try
        {
            return files.Where(f => f.Kind == TrailFileKind.Digest && f.Time >= before)
                .GroupBy(static f => (f.Account, f.Region, f.TrailName))
                .Select(static series => series.MinBy(static f => f.Time)!)
                .SelectMany(oldest => TrailDigest.Parse(SealedRecords.Unzip(layout.PathOf(oldest.Key))).LogFiles)
                .Select(static named => TrailPath.KeyOf(named.Object) ?? named.Object)
                .ToHashSet(StringComparer.Ordinal);
        }
        catch (Exception unreadable) when (unreadable is IOException or InvalidDataException or FormatException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
