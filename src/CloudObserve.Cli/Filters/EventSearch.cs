using CloudObserve.Filters;

namespace CloudObserve.Cli.Filters;

/// <summary>Looks for events that match, in one stream after the other, and counts.</summary>
/// <param name="extractor">The pattern, and what to take from an event.</param>
/// <param name="writer">Where matches go; <see langword="null"/> if they are only counted.</param>
/// <threadsafety>For one thread.</threadsafety>
internal sealed class EventSearch(FilterExtractor extractor, MatchWriter? writer)
{
    private readonly EventReader _reader = new();
    private readonly FilterCapture[] _captures = new FilterCapture[extractor.Count];
    private long _line;

    /// <summary>Gets how many events there were.</summary>
    internal long Events { get; private set; }

    /// <summary>Gets how many of them matched.</summary>
    internal long Matches { get; private set; }

    /// <summary>Gets how many lines were too long for an event.</summary>
    internal long TooLong { get; private set; }

    /// <summary>Searches a stream to its end.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="file">The name that the matches tell, if any.</param>
    /// <param name="cancellation">Ends the search early; what was found until then is written.</param>
    internal async Task SearchAsync(Stream stream, string? file, CancellationToken cancellation)
    {
        _reader.Open(stream);
        _line = 0;
        try
        {
            while (await _reader.ReadAsync(cancellation).ConfigureAwait(false))
            {
                CountDroppedLine();
                SearchBlock(file);
                if (!stream.CanSeek)
                {
                    // The next block of a pipe may be long in coming, and somebody may be watching.
                    writer?.Flush();
                }
            }
        }
        catch (OperationCanceledException)
        {
            writer?.Flush();
            throw;
        }
    }

    private void CountDroppedLine()
    {
        int dropped = _reader.DroppedLine ? 1 : 0;
        _line += dropped;
        TooLong += dropped;
    }

    private void SearchBlock(string? file)
    {
        foreach (ReadOnlySpan<byte> line in new Lines(_reader.Block))
        {
            _line++;

            // CloudWatch Logs: a message has at least one character.
            if (line.IsEmpty)
            {
                continue;
            }

            if (line.Length > EventLimits.MaxMessageBytes)
            {
                TooLong++;
                continue;
            }

            Events++;
            if (extractor.TryMatch(line, _captures))
            {
                Matches++;
                writer?.Write(file, _line, line, _captures);
            }
        }
    }
}
