using CloudObserve.Pipeline.Storage;

namespace CloudObserve.Audit.Storage;

/// <summary>Represents the file system of this machine.</summary>
internal sealed class DiskStorage : IAuditStorage
{
    public IAuditFile Open(string path) => new DiskFile(path);

    public long? LengthOf(string path)
    {
        FileInfo file = new(path);
        return file.Exists ? file.Length : null;
    }

    public void Move(string from, string to)
    {
        File.Move(from, to, overwrite: true);
        FlushDirectory(Path.GetDirectoryName(to)!);
    }

    public void Delete(string path)
    {
        if (File.Exists(path))
        {
            File.Delete(path);
        }
    }

    public void CreateDirectory(string path)
    {
        if (Directory.Exists(path))
        {
            return;
        }

        string parent = Path.GetDirectoryName(path)!;
        CreateDirectory(parent);
        PrivateFiles.CreateDirectory(path);
        FlushDirectory(parent);
    }

    public void FlushDirectory(string path) => DirectoryFlush.Run(path);
}
