using System.IO.Compression;
using System.Runtime.InteropServices;

namespace CloudObserve.Sinks.CloudWatch;

/// <summary>The bytes that go over the wire: those of the batch itself, or a compressed form of them in pooled memory.</summary>
/// <remarks>
/// Neither form is copied again: the SDK signs and sends from a stream over this memory. It speaks HTTP/1.1 here, where a request's body is
/// out of use as soon as the call has ended, in whatever way; so the memory may go back then.
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

    /// <summary>Gets the content encoding; <see langword="null"/> when there is none.</summary>
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

    /// <summary>Opens a new stream over the bytes. It is valid until this object is disposed.</summary>
    internal Stream OpenStream() => MemoryMarshal.TryGetArray(_bytes, out ArraySegment<byte> segment)
        ? new MemoryStream(segment.Array!, segment.Offset, segment.Count, writable: false)
        : new MemoryStream(_bytes.ToArray(), writable: false);
}
