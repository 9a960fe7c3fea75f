using CloudObserve.Audit.Storage;
using CloudObserve.Pipeline.Storage;

namespace CloudObserve.Tests.Audit;

/// <summary>A real file system that fails when a test says so.</summary>
internal sealed class FaultyStorage : IAuditStorage
{
    private readonly DiskStorage _disk = new();

    /// <summary>Gets or sets the callback before each operation, with its name and path; an exception it throws is the fault.</summary>
    internal Action<string, string> Before { get; set; } = (_, _) => { };

    /// <summary>Gets or sets the number of bytes of the next write that reach the file before the disk is full.</summary>
    internal int? NextWriteTakes { get; set; }

    internal List<string> Operations { get; } = [];

    /// <summary>Lets operations fail from now on.</summary>
    internal void Fail(Func<string, string, bool> which) => Before = (operation, path) =>
    {
        if (which(operation, path))
        {
            throw new IOException("planted: No space left on device");
        }
    };

    /// <summary>Lets everything succeed again.</summary>
    internal void Heal()
    {
        Before = (_, _) => { };
        NextWriteTakes = null;
    }

    /// <summary>Keeps flushes from ending until the gate opens, and tells of each that has begun.</summary>
    internal void Hold(SemaphoreSlim begun, ManualResetEventSlim gate) => Before = (operation, _) =>
    {
        if (operation == "flush")
        {
            begun.Release();
            gate.Wait();
        }
    };

    public IAuditFile Open(string path) => new FaultyFile(this, path, Do("open", path, () => _disk.Open(path)));

    public long? LengthOf(string path) => _disk.LengthOf(path);

    public void Move(string from, string to) => Do("move", to, () => _disk.Move(from, to));

    public void Delete(string path) => Do("delete", path, () => _disk.Delete(path));

    public void CreateDirectory(string path) => Do("mkdir", path, () => _disk.CreateDirectory(path));

    public void FlushDirectory(string path) => Do("flushdir", path, () => _disk.FlushDirectory(path));

    private void Do(string operation, string path, Action action) => _ = Do(operation, path, () =>
    {
        action();
        return 0;
    });

    private T Do<T>(string operation, string path, Func<T> action)
    {
        Operations.Add(operation + " " + Path.GetFileName(path));
        Before(operation, path);
        return action();
    }

    private sealed class FaultyFile(FaultyStorage storage, string path, IAuditFile file) : IAuditFile
    {
        public long Length => file.Length;

        public FileIdentity? Identity => file.Identity;

        public int Read(Span<byte> bytes, long offset) => file.Read(bytes, offset);

        public void Write(ReadOnlySpan<byte> bytes, long offset)
        {
            storage.Operations.Add("write " + Path.GetFileName(path));
            storage.Before("write", path);
            if (storage.NextWriteTakes is { } taken && path.EndsWith(".jsonl", StringComparison.Ordinal))
            {
                storage.NextWriteTakes = null;
                file.Write(bytes[..Math.Min(taken, bytes.Length)], offset);
                throw new IOException("No space left on device");
            }

            file.Write(bytes, offset);
        }

        public void Flush() => storage.Do("flush", path, file.Flush);

        public void SetLength(long length) => storage.Do("cut", path, () => file.SetLength(length));

        public void Dispose() => file.Dispose();
    }
}
