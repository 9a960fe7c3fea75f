using CloudObserve.Audit.Files;
using CloudObserve.Audit.Storage;
using CloudObserve.Pipeline.Storage;

namespace CloudObserve.Audit.Journal;

/// <summary>A file of the journal that lines are put into: what was acknowledged, and room behind it.</summary>
/// <remarks>It owns the file it is given, and keeps at the end what stands there without the room.</remarks>
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

    /// <summary>Gets how many bytes the lines have that were accepted.</summary>
    internal long Length => Interlocked.Read(ref _length);

    /// <summary>Gets which file it is.</summary>
    internal FileIdentity? Identity => _file.Identity;

    /// <summary>Gets how long the file is, as long as nobody else changes it.</summary>
    internal long LengthWithRoom { get; private set; }

    public void Dispose()
    {
        try
        {
            // What somebody else has put behind the lines is left for the next start to find.
            if (LengthWithRoom > _length && _file.Length == LengthWithRoom)
            {
                Cut();
            }
        }
        catch (Exception fault) when (StorageFault.Is(fault))
        {
            // Who reads the file knows room, and a start goes on in it: nothing is lost that would have to be told.
            LengthWithRoom = _length;
        }

        _file.Dispose();
    }

    /// <summary>Writes lines behind those that were accepted. They are part of the file when they are on the disk and accepted, or cut away again.</summary>
    internal void Write(ReadOnlySpan<byte> lines)
    {
        _file.Write(lines, _length);
        if (_length + lines.Length > LengthWithRoom)
        {
            MakeRoom(_length + lines.Length);
        }
    }

    /// <summary>Returns when everything written is on the disk.</summary>
    internal void Flush() => _file.Flush();

    /// <summary>Takes the lines that were written as part of the file.</summary>
    internal void Accept(int bytes) => Interlocked.Add(ref _length, bytes);

    /// <summary>Cuts away what stands behind the lines that were accepted.</summary>
    internal void Cut()
    {
        _file.SetLength(_length);
        LengthWithRoom = _length;
    }

    /// <summary>Copies the lines that were accepted.</summary>
    internal void CopyTo(IAuditFile to)
    {
        byte[] bytes = new byte[CopyBytes];
        for (long at = 0; at < _length;)
        {
            int read = _file.Read(bytes.AsSpan(0, (int)Math.Min(CopyBytes, _length - at)), at);
            if (read == 0)
            {
                throw new IOException("The journal is shorter than what was acknowledged.");
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
        catch (Exception fault) when (StorageFault.Is(fault))
        {
            // The lines have found place on a disk that has no more: without room they are as safe, and the next ones only slower.
            _file.SetLength(end);
            LengthWithRoom = end;
        }
    }
}
