using System.IO.Compression;
using System.Runtime.InteropServices;

namespace CloudObserve.Sinks.CloudWatch;

/// <summary>The bytes to send: the body of the batch itself, or its compressed form in pooled memory.</summary>
/// <remarks>
/// Neither form is copied again: the SDK signs and sends from a stream over this memory. The SDK uses HTTP/1.1 here, which no longer reads
/// a request body after the call has ended, however it ended; the memory can then be returned.
/// </remarks>
internal sealed class RequestBody : IDisposable
{
    private readonly ReadOnlyMemory<byte> _bytes;
    private PooledStream? _compressed;

    private RequestBody(ReadOnlyMemory<byte> bytes, PooledStream? compressed)
    {
        _bytes = bytes;
        _compressed = compressed;
        Encoding = compressed is null ? null : "gzip";
    }

    /// <summary>Gets the content encoding, or <see langword="null"/> if there is none.</summary>
    internal string? Encoding { get; }

    internal int Length => _bytes.Length;

    public void Dispose()
    {
        _compressed?.Dispose();
        _compressed = null;
    }

    internal static RequestBody Plain(ReadOnlyMemory<byte> body) => new(body, null);

    internal static RequestBody Gzip(ReadOnlyMemory<byte> body)
    {
        PooledStream target = new(Math.Max(body.Length / 4, 1024));
        using (GZipStream gzip = new(target, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(body.Span);
        }

        return new RequestBody(target.Written, target);
    }

    /// <summary>Opens a new stream over the bytes. It is valid until this object is disposed of.</summary>
    internal Stream OpenStream() => MemoryMarshal.TryGetArray(_bytes, out ArraySegment<byte> segment)
        ? new MemoryStream(segment.Array!, segment.Offset, segment.Count, writable: false)
        : new MemoryStream(_bytes.ToArray(), writable: false);
}
