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
}
