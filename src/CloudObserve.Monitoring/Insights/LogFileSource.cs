using CloudObserve.Monitoring.Insights.Sources;

namespace CloudObserve.Insights;

/// <summary>Represents the log events of files.</summary>
/// <remarks>
/// A line is an event: JSON or plain text. Files may be compressed by gzip. A file that is one JSON object with the member
/// <c>Records</c>, as those of CloudTrail, has an event for each record. Blank lines are no events, and a line that is longer than an event
/// may be is left out and counted.
/// <para>The time of an event is that of the chosen field; without a choice it is looked for under common names, or at the beginning of a
/// line of text. An event without a time has that of the event before it in the file.</para>
/// </remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
public sealed class LogFileSource : ILogEventSource
{
    private readonly string[] _files;
    private readonly LogFileReport _report = new();

    /// <summary>Creates the source.</summary>
    /// <param name="files">The names of the files.</param>
    public LogFileSource(params IEnumerable<string> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        _files = [.. files];
    }

    /// <summary>Gets the field with the time of an event, such as <c>time</c> or <c>meta.at</c>.</summary>
    /// <value>The default is <see langword="null"/>: it is looked for.</value>
    public string? TimestampField { get; init; }

    /// <summary>Gets a stream that is read after the files, such as standard input. It is not disposed.</summary>
    /// <value>The default is <see langword="null"/>: none.</value>
    public Stream? Input { get; init; }

    /// <summary>Gets the files that could not be read to their ends, each with the reason. What was read before is in the result.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Faults => _report.Faults;

    /// <summary>Gets the number of lines that were left out because they are longer than 1,048,550 bytes, the limit of an event.</summary>
    public long TooLongLines => _report.TooLongLines;

    /// <inheritdoc/>
    public IReadOnlyList<ILogEventCursor> Open(LogEventRange range)
    {
        ArgumentNullException.ThrowIfNull(range);
        if (range.LogGroups is not null)
        {
            throw new InsightsQueryException("SOURCE selects log groups, and files are in none: leave the command out");
        }

        List<ILogEventCursor> cursors = [];
        foreach (string file in _files)
        {
            cursors.AddRange(LogFileParts.Of(file, _report).Select(part => new LogFileCursor(part, TimestampField, _report)));
        }

        if (Input is not null)
        {
            cursors.Add(new LogFileCursor(new LogFilePart("-", 0, null, () => Input, OwnsStream: false), TimestampField, _report));
        }

        return cursors;
    }
}
