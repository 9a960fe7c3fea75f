using CloudObserve.Audit.Files;
using CloudObserve.Audit.Storage;

namespace CloudObserve.Audit.Sealing;

/// <summary>Writes files that get their final name only when their whole content is on disk.</summary>
internal static class FinishedFile
{
    internal static void Write(IAuditStorage storage, string path, Action<Stream> write)
    {
        storage.CreateDirectory(Path.GetDirectoryName(path)!);
        string temporary = path + TrailLayout.TemporarySuffix;
        using (IAuditFile file = storage.Open(temporary))
        {
            file.SetLength(0);
            using (AuditFileStream stream = new(file))
            {
                write(stream);
            }

            file.Flush();
        }

        storage.Move(temporary, path);
    }

    /// <summary>
    /// Renames a file of an earlier version to its current name. If a file with the current name exists, the former one is deleted.
    /// </summary>
    internal static void Rename(IAuditStorage storage, string former, string path)
    {
        if (storage.LengthOf(former) is null)
        {
            return;
        }

        if (storage.LengthOf(path) is null)
        {
            storage.Move(former, path);
        }
        else
        {
            storage.Delete(former);
        }
    }
}
