using System.Buffers;
using Microsoft.AspNetCore.Http.Features;

namespace CloudObserve.AspNetCore.Requests;

/// <summary>A response stream that does not begin before its request is recorded.</summary>
/// <remarks>
/// Data that is written synchronously is held until the next asynchronous write or the end, because waiting for the disk here would block a
/// thread.
/// </remarks>
internal sealed class RecordedStream(IHttpResponseBodyFeature inner, AuditedRequest request) : Stream
{
    private readonly ArrayBufferWriter<byte> _pending = new();

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await FlushPendingAsync(cancellationToken).ConfigureAwait(false);
        await request.BeforeResponseAsync().ConfigureAwait(false);
        await inner.Stream.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async Task FlushAsync(CancellationToken cancellationToken)
    {
        await FlushPendingAsync(cancellationToken).ConfigureAwait(false);
        await request.BeforeResponseAsync().ConfigureAwait(false);
        await inner.Stream.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    public override void Write(ReadOnlySpan<byte> buffer) => _pending.Write(buffer);

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
        // Deliberately empty: the next asynchronous write hands the data on. See the remarks of the class.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    internal async Task FlushPendingAsync(CancellationToken cancellationToken = default)
    {
        if (_pending.WrittenCount > 0)
        {
            await request.BeforeResponseAsync().ConfigureAwait(false);
            await inner.Stream.WriteAsync(_pending.WrittenMemory, cancellationToken).ConfigureAwait(false);
            Discard();
        }
    }

    internal void Discard() => _pending.Clear();
}
