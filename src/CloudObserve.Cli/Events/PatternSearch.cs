using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using CloudObserve.Cli.Filters;
using CloudObserve.Events;

namespace CloudObserve.Cli.Events;

/// <summary>Finds and counts the events that a pattern matches.</summary>
/// <param name="pattern">The pattern.</param>
/// <param name="output">The stream for the matching events; <see langword="null"/> if they are only counted.</param>
/// <param name="explains">Whether each event is answered with a line that tells why it does not match.</param>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class PatternSearch(EventPattern pattern, Stream? output, bool explains)
{
    private const int FlushBytes = 64 * 1024;

    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly EventReader _reader = new();
    private readonly ArrayBufferWriter<byte> _buffer = new(FlushBytes);
    private long _line;

    /// <summary>Gets the number of events.</summary>
    internal long Events { get; private set; }

    /// <summary>Gets the number of matching events.</summary>
    internal long Matches { get; private set; }

    /// <summary>Gets the number of lines that are no events.</summary>
    internal long Faulty { get; private set; }

    /// <summary>Gets the number of lines that were too long to be read.</summary>
    internal long TooLong { get; private set; }

    /// <summary>Searches a stream to its end.</summary>
    internal async Task SearchAsync(Stream stream, string? file, CancellationToken cancellationToken)
    {
        _reader.Open(stream);
        _line = 0;
        try
        {
            while (await _reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                int dropped = _reader.DroppedLine ? 1 : 0;
                _line += dropped;
                TooLong += dropped;
                SearchBlock(file);

                // The next block of a pipe may take long to arrive, so the matches so far are shown.
                Flush(stream.CanSeek ? FlushBytes : 1);
            }
        }
        finally
        {
            Flush(1);
        }
    }

    private void SearchBlock(string? file)
    {
        foreach (ReadOnlySpan<byte> line in new Lines(_reader.Block))
        {
            _line++;
            if (line.IsEmpty)
            {
                continue;
            }

            if (EventText.Fault(line) is { } fault)
            {
                Faulty++;
                Explain(file, isMatch: false, fault);
                continue;
            }

            Events++;
            bool isMatch = pattern.IsMatch(line);
            Matches += isMatch ? 1 : 0;
            if (explains)
            {
                Explain(file, isMatch, isMatch ? null : pattern.Explain(line));
            }
            else if (isMatch)
            {
                _buffer.Write(line);
                _buffer.Write("\n"u8);
            }
        }
    }

    private void Explain(string? file, bool isMatch, string? reason)
    {
        if (!explains)
        {
            return;
        }

        using (Utf8JsonWriter json = new(_buffer, Relaxed))
        {
            json.WriteStartObject();
            if (file is not null)
            {
                json.WriteString("file", file);
            }

            json.WriteNumber("line", _line);
            json.WriteBoolean("match", isMatch);
            if (reason is not null)
            {
                json.WriteString("reason", reason);
            }

            json.WriteEndObject();
        }

        _buffer.Write("\n"u8);
    }

    private void Flush(int minBytes)
    {
        if (_buffer.WrittenCount < minBytes)
        {
            return;
        }

        // The buffer is cleared first, so that data that could not be written is not written again at exit.
        ReadOnlyMemory<byte> written = _buffer.WrittenMemory;
        _buffer.ResetWrittenCount();
        output?.Write(written.Span);
    }
}
