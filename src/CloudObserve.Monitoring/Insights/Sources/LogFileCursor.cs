using System.Globalization;
using CloudObserve.Insights;

namespace CloudObserve.Monitoring.Insights.Sources;

/// <summary>Reads the events of a part of a file.</summary>
internal sealed class LogFileCursor(LogFilePart part, string? timestampField, LogFileReport report) : ILogEventCursor
{
    // How many lines in a row may lack a time before a part begins at the next one anyway.
    private const int MaxContinuation = 1_000;

    private static readonly double First = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();
    private static readonly double Last = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    private readonly LineTimes _times = new(timestampField);
    private Stream? _stream;
    private EventLines? _lines;
    private RecordList? _records;
    private long _number;
    private bool _isAtEnd;
    private bool _isPending;
    private int _continued;

    public bool IsNewestFirst => false;

    public ReadOnlyMemory<byte> Message { get; private set; }

    public DateTimeOffset? Timestamp { get; private set; }

    public DateTimeOffset? IngestionTime => null;

    public string LogStreamName => part.Name;

    public string Log => part.Name;

    public string GetPointer() => string.Create(CultureInfo.InvariantCulture, $"{part.Name}:{_number}");

    public bool Read()
    {
        try
        {
            if (_stream is null)
            {
                Open();
            }

            return !_isAtEnd && (_records is { } records ? ReadRecord(records) : ReadLine());
        }
        catch (Exception exception) when (LogFileParts.IsFault(exception))
        {
            // The other files are still read.
            report.Add(part.Name, exception is InvalidDataException ? "its gzip data is damaged or incomplete" : exception.Message);
            _isAtEnd = true;
            return false;
        }
    }

    public void Dispose()
    {
        if (part.OwnsStream)
        {
            _stream?.Dispose();
        }
    }

    private void Open()
    {
        _stream = part.Open();
        if (part.Start > 0 || part.End is not null)
        {
            // The byte before the part tells whether a line begins at its start.
            _stream.Position = Math.Max(0, part.Start - 1);
            _lines = new EventLines(_stream, [], _stream.Position);
            SkipToFirstEvent();
            return;
        }

        Stream content = LogFileStreams.Decompress(_stream, out byte[] head);
        _stream = content;
        if (LogFileStreams.HasRecords(head))
        {
            _records = RecordList.Read(content, head);
        }
        else
        {
            _lines = new EventLines(content, head.AsSpan().StartsWith("\uFEFF"u8) ? head[3..] : head, 0);
        }
    }

    // The part before reads the lines until the first one that begins an event.
    private void SkipToFirstEvent()
    {
        if (part.Start == 0)
        {
            return;
        }

        _ = _lines!.Read();
        for (int skipped = 0; ; skipped++)
        {
            if (!_lines.Read())
            {
                _isAtEnd = true;
                return;
            }

            if (skipped == MaxContinuation || BeginsEvent(_lines))
            {
                // The line is the first event, also when it is read again.
                _isPending = true;
                return;
            }
        }
    }

    private bool ReadLine()
    {
        EventLines lines = _lines!;
        while (_isPending || lines.Read())
        {
            bool isFirst = _isPending;
            _isPending = false;
            if (!isFirst && part.End is { } end && lines.Offset >= end && (_continued++ == MaxContinuation || BeginsEvent(lines)))
            {
                break;
            }

            if (lines.IsTooLong)
            {
                report.CountTooLong();
                continue;
            }

            if (lines.Buffer.AsSpan(lines.LineStart, lines.LineLength).IndexOfAnyExcept(" \t\0"u8) >= 0)
            {
                _number = lines.Offset;
                Message = lines.Buffer.AsMemory(lines.LineStart, lines.LineLength);
                bool hasTime = _times.TryFind(lines.Buffer, lines.LineStart, lines.LineLength, out double time);
                Timestamp = (hasTime ? Moment(time) : null) ?? Timestamp;
                return true;
            }
        }

        _isAtEnd = true;
        return false;
    }

    private bool ReadRecord(RecordList records)
    {
        if (!records.MoveNext(out ArraySegment<byte> record))
        {
            _isAtEnd = true;
            return false;
        }

        _number++;
        Message = record;
        Timestamp = _times.TryFind(record.Array!, record.Offset, record.Count, out double time) ? Moment(time) : null;
        return true;
    }

    private static bool BeginsEvent(EventLines lines)
    {
        ReadOnlySpan<byte> line = lines.Buffer.AsSpan(lines.LineStart, lines.LineLength);
        return line.StartsWith("{"u8) || LineTimes.TryText(line, out _);
    }

    // A time with an offset can be before the first or after the last moment that .NET has. Such an event has no time.
    private static DateTimeOffset? Moment(double milliseconds) => milliseconds >= First && milliseconds <= Last
        ? DateTimeOffset.FromUnixTimeMilliseconds((long)milliseconds) : null;
}
