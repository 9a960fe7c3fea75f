using CloudObserve.Pipeline.Storage;

namespace CloudObserve.Audit.Storage;

/// <summary>Represents an open file.</summary>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal interface IAuditFile : IDisposable
{
    /// <summary>Gets the length of the file in bytes.</summary>
    long Length { get; }

    /// <summary>
    /// Gets the identity of the file, independent of its name; <see langword="null"/> where the system does not provide one.
    /// </summary>
    FileIdentity? Identity { get; }

    /// <summary>Reads up to a span of bytes.</summary>
    /// <returns>The number of bytes read; zero at the end.</returns>
    int Read(Span<byte> bytes, long offset);

    /// <summary>Writes all bytes.</summary>
    /// <remarks>If it throws, an unknown part of them has been written.</remarks>
    void Write(ReadOnlySpan<byte> bytes, long offset);

    /// <summary>Returns when all written data is on disk.</summary>
    /// <remarks>After a failure the state of the data on disk is unknown, and a later success does not change that.</remarks>
    void Flush();

    /// <summary>Sets the length of the file.</summary>
    void SetLength(long length);
}
