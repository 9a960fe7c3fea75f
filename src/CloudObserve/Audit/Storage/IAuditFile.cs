using CloudObserve.Pipeline.Storage;

namespace CloudObserve.Audit.Storage;

/// <summary>An open file.</summary>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal interface IAuditFile : IDisposable
{
    /// <summary>Gets how many bytes the file has.</summary>
    long Length { get; }

    /// <summary>Gets which file it is, whatever its name by now; <see langword="null"/> where the system does not tell.</summary>
    FileIdentity? Identity { get; }

    /// <summary>Reads up to a span of bytes.</summary>
    /// <returns>How many; zero at the end.</returns>
    int Read(Span<byte> bytes, long offset);

    /// <summary>Writes all bytes, or throws with an unknown part of them written.</summary>
    void Write(ReadOnlySpan<byte> bytes, long offset);

    /// <summary>Returns when everything written is on the disk. After a failure nobody knows what of it is, and a later success says nothing about it.</summary>
    void Flush();

    /// <summary>Cuts the file.</summary>
    void SetLength(long length);
}
