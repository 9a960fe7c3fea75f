using CloudObserve.Audit.Files;
using CloudObserve.Audit.Storage;

namespace CloudObserve.Audit.Sealing;

/// <summary>Removes what has been kept long enough: sealed files, digests and their signatures. Never what has not been delivered elsewhere where it should be.</summary>
/// <param name="layout">Where everything lies.</param>
/// <param name="storage">The file system.</param>
/// <param name="age">How long files are kept.</param>
internal sealed class TrailRetention(TrailLayout layout, IAuditStorage storage, TimeSpan age)
{
    /// <summary>Removes what is too old.</summary>
    /// <param name="now">The time.</param>
    /// <param name="undelivered">From when on files may hold records that have not been delivered yet.</param>
    internal void Remove(DateTimeOffset now, DateTimeOffset undelivered)
    {
        DateTimeOffset before = now - age < undelivered ? now - age : undelivered;
        foreach (TrailFile file in layout.Files().Where(f => f.Time < before))
        {
            string path = layout.PathOf(file.Key);
            storage.Delete(path);
            if (file.Kind == TrailFileKind.Digest)
            {
                storage.Delete(path + TrailLayout.SignatureSuffix);
            }
        }
    }
}
