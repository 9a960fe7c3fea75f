namespace CloudObserve.Tests.Audit.Reading;

/// <summary>A stream that gives a few bytes at a time.</summary>
internal sealed class Trickle(byte[] bytes, int atOnce) : MemoryStream(bytes)
{
    public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, atOnce)]);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));
}
