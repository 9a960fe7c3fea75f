using System.Text;
using System.Threading.Channels;

namespace CloudObserve.Cli.Tests;

/// <summary>An output whose lines a test can wait for.</summary>
internal sealed class LineOutput : Stream
{
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Gets whether no line is waiting to be read.</summary>
    internal bool IsEmpty => _lines.Reader.Count == 0;

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        foreach (string line in Encoding.UTF8.GetString(buffer).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            _ = _lines.Writer.TryWrite(line);
        }
    }

    /// <summary>Waits for the next line.</summary>
    internal Task<string> ReadAsync() => _lines.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromMinutes(1));
}
