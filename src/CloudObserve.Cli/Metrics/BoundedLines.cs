using System.Text;

namespace CloudObserve.Cli.Metrics;

/// <summary>Reads lines of text from a stream without holding more than one line of limited length.</summary>
/// <remarks>A line ends with a line feed, or with a carriage return and a line feed; the last line may have no end.</remarks>
internal sealed class BoundedLines(Stream stream, int maxLength) : IDisposable
{
    private const int BufferSize = 16 * 1024;

    private readonly StreamReader _reader = new(stream, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, BufferSize, leaveOpen: true);
    private readonly char[] _buffer = new char[BufferSize];
    private readonly StringBuilder _partial = new();
    private int _start;
    private int _end;

    /// <summary>Gets a value indicating whether a line was longer than the limit. Nothing can be read after it.</summary>
    internal bool IsTooLong { get; private set; }

    public void Dispose() => _reader.Dispose();

    /// <summary>Reads the next line.</summary>
    /// <returns>The line without its end; <see langword="null"/> at the end of the stream or if the line is too long.</returns>
    internal async ValueTask<string?> ReadAsync(CancellationToken cancellationToken)
    {
        _ = _partial.Clear();
        while (!IsTooLong)
        {
            int feed = Array.IndexOf(_buffer, '\n', _start, _end - _start);
            int end = feed < 0 ? _end : feed;
            Append(end);
            _start = feed < 0 ? end : feed + 1;
            if (feed >= 0)
            {
                return Line();
            }

            _start = 0;
            _end = await _reader.ReadAsync(_buffer, cancellationToken).ConfigureAwait(false);
            if (_end == 0)
            {
                return _partial.Length > 0 ? Line() : null;
            }
        }

        return null;
    }

    // A carriage return at the end of the line does not count.
    private void Append(int end)
    {
        IsTooLong = _partial.Length + (end - _start) > maxLength + 1;
        if (!IsTooLong)
        {
            _ = _partial.Append(_buffer, _start, end - _start);
        }
    }

    private string? Line()
    {
        if (_partial.Length > 0 && _partial[^1] == '\r')
        {
            _partial.Length--;
        }

        IsTooLong |= _partial.Length > maxLength;
        return IsTooLong ? null : _partial.ToString();
    }
}
