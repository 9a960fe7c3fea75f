using CloudObserve.Audit.Files;
using CloudObserve.Audit.Reading;
using CloudObserve.Audit.Storage;
using CloudObserve.Audit.Verification;

namespace CloudObserve.Audit.Sealing;

/// <summary>Removes sealed files, digests and their signatures when their retention has ended.</summary>
/// <param name="layout">The paths of the trail.</param>
/// <param name="storage">The file system.</param>
/// <param name="age">The retention of files.</param>
/// <param name="isShipped">
/// Returns whether a file has been shipped to all destinations. Until then it is kept, and newer files are kept too.
/// </param>
internal sealed class TrailRetention(TrailLayout layout, IAuditStorage storage, TimeSpan age, Func<TrailFile, bool> isShipped)
{
    /// <summary>Finds the files whose retention has ended.</summary>
    /// <param name="now">The current time.</param>
    /// <returns>Sealed files and digests, the oldest first.</returns>
    internal IReadOnlyList<TrailFile> Find(DateTimeOffset now)
    {
        TrailFile[] files = [.. layout.Files()];
        DateTimeOffset before = now - age;

        // A digest lists older files and is removed together with them: neither may remain without the other.
        before = files.Where(f => f.Time < before).OrderBy(static f => f.Time).FirstOrDefault(f => !isShipped(f))?.Time ?? before;
        return NamedByKept(files, before) is { } named
            ? [.. files.Where(f => f.Time < before && !named.Contains(f.Key)).OrderBy(static f => f.Time)] : [];
    }

    /// <summary>Removes files, and the signatures of digests.</summary>
    internal void Remove(IReadOnlyList<TrailFile> files)
    {
        foreach (TrailFile file in files)
        {
            string path = layout.PathOf(file.Key);
            if (file.Kind == TrailFileKind.Digest)
            {
                // The signature is removed first: after a crash, a digest without a signature is found again, but a signature without a
                // digest is not.
                storage.Delete(path + TrailLayout.SignatureSuffix);
            }

            storage.Delete(path);
        }
    }

    // The oldest digest that is kept lists files older than itself. If they were removed before it, verification could not distinguish
    // retention from tampering. While this digest cannot be read, its list is unknown, and all files are kept.
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
        catch (Exception exception)
            when (exception is IOException or InvalidDataException or FormatException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
