using CloudObserve.Audit.Files;
using CloudObserve.Audit.Storage;
using CloudObserve.Pipeline.Storage;

namespace CloudObserve.Audit.Journal;

/// <summary>Represents a file of the journal: the acknowledged lines, and preallocated space after them.</summary>
/// <remarks>It owns the given file. On disposal it removes the preallocated space.</remarks>
/// <threadsafety>Not safe for concurrent use. <see cref="Length"/> may be read by any thread.</threadsafety>
internal sealed class JournalFile : IDisposable
{
    private const int CopyBytes = 128 * 1024;

    private readonly IAuditFile _file;
    private long _length;

    internal JournalFile(IAuditFile file)
    {
        _file = file;
        LengthWithRoom = file.Length;
        _length = JournalRoom.EndOfLines(LengthWithRoom, file.Read);
    }

    /// <summary>Gets the size of the acknowledged lines in bytes.</summary>
    internal long Length => Interlocked.Read(ref _length);

    /// <summary>Gets the identity of the file.</summary>
    internal FileIdentity? Identity => _file.Identity;

    /// <summary>Gets the length of the file including the preallocated space, as this process left it.</summary>
    internal long LengthWithRoom { get; private set; }

    public void Dispose()
    {
        try
        {
            // If another process appended to the file, the additional data is kept for the next start to find.
            if (LengthWithRoom > _length && _file.Length == LengthWithRoom)
            {
                Cut();
            }
        }
        catch (Exception exception) when (StorageFault.Is(exception))
        {
            // Readers recognize the preallocated space, and the next start continues in it. So nothing is lost, and nothing needs to be
            // reported.
            LengthWithRoom = _length;
        }

        _file.Dispose();
    }

    /// <summary>Writes lines after the acknowledged ones.</summary>
    /// <remarks>When they are on disk they must either be accepted or be cut.</remarks>
    internal void Write(ReadOnlySpan<byte> lines)
    {
        _file.Write(lines, _length);
        if (_length + lines.Length > LengthWithRoom)
        {
            MakeRoom(_length + lines.Length);
        }
    }

    /// <summary>Returns when all written data is on disk.</summary>
    internal void Flush() => _file.Flush();

    /// <summary>Accepts the written lines as part of the file.</summary>
    internal void Accept(int bytes) => Interlocked.Add(ref _length, bytes);

    /// <summary>Removes everything after the accepted lines.</summary>
    internal void Cut()
    {
        _file.SetLength(_length);
        LengthWithRoom = _length;
    }

    /// <summary>Copies the accepted lines.</summary>
    internal void CopyTo(IAuditFile to)
    {
        byte[] bytes = new byte[CopyBytes];
        for (long at = 0; at < _length;)
        {
            int read = _file.Read(bytes.AsSpan(0, (int)Math.Min(CopyBytes, _length - at)), at);
            if (read == 0)
            {
                throw new IOException("The journal is shorter than its acknowledged records.");
            }

            to.Write(bytes.AsSpan(0, read), at);
            at += read;
        }
    }

    private void MakeRoom(long end)
    {
        try
        {
            for (LengthWithRoom = end; LengthWithRoom < end + JournalRoom.Bytes; LengthWithRoom += JournalRoom.Blanks.Length)
            {
                _file.Write(JournalRoom.Blanks, LengthWithRoom);
            }
        }
        catch (Exception exception) when (StorageFault.Is(exception))
        {
            // The disk is full, but the lines themselves fit. Without preallocated space they are just as safe, and only later writes are
            // slower.
            _file.SetLength(end);
            LengthWithRoom = end;
        }
    }
}
