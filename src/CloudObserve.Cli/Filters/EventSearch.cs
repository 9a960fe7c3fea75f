using CloudObserve.Contracts;
using CloudObserve.Filters;

namespace CloudObserve.Cli.Filters;

/// <summary>Finds and counts matching events in several streams.</summary>
/// <param name="extractor">The pattern with the selectors of values.</param>
/// <param name="writer">Writes the matches; <see langword="null"/> if they are only counted.</param>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class EventSearch(FilterExtractor extractor, MatchWriter? writer)
{
    private readonly EventReader _reader = new();
    private readonly FilterCapture[] _captures = new FilterCapture[extractor.Count];
    private long _line;

    /// <summary>Gets the number of events.</summary>
    internal long Events { get; private set; }

    /// <summary>Gets the number of matching events.</summary>
    internal long Matches { get; private set; }

    /// <summary>Gets the number of lines that were too long for an event.</summary>
    internal long TooLong { get; private set; }

    /// <summary>Searches a stream to its end.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="file">The file name to print with the matches, or <see langword="null"/>.</param>
    /// <param name="cancellationToken">Ends the search early; matches found so far are written.</param>
    internal async Task SearchAsync(Stream stream, string? file, CancellationToken cancellationToken)
    {
        _reader.Open(stream);
        _line = 0;
        try
        {
            while (await _reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                CountDroppedLine();
                SearchBlock(file);
                if (!stream.CanSeek)
                {
                    // The next block of a pipe may take long to arrive, so the matches so far are shown.
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

            // CloudWatch Logs does not accept empty messages.
            if (line.IsEmpty)
            {
                continue;
            }

            if (line.Length > ServiceLimits.PutLogEvents.MaxMessageBytes)
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
