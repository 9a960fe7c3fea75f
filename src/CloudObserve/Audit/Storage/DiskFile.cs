using CloudObserve.Pipeline.Storage;
using Microsoft.Win32.SafeHandles;

namespace CloudObserve.Audit.Storage;

/// <summary>Represents a file on disk.</summary>
/// <remarks>The process buffers nothing, so written data survives the process.</remarks>
internal sealed class DiskFile(string path) : IAuditFile
{
    private readonly SafeFileHandle _handle = PrivateFiles.OpenOrCreate(path);

    public long Length => RandomAccess.GetLength(_handle);

    public FileIdentity? Identity => PrivateFiles.IdentityOf(_handle);

    public int Read(Span<byte> bytes, long offset) => RandomAccess.Read(_handle, bytes, offset);

    public void Write(ReadOnlySpan<byte> bytes, long offset) => RandomAccess.Write(_handle, bytes, offset);

    public void Flush() => RandomAccess.FlushToDisk(_handle);

    public void SetLength(long length) => RandomAccess.SetLength(_handle, length);

    public void Dispose() => _handle.Dispose();
}
