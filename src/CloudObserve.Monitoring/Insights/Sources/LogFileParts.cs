namespace CloudObserve.Monitoring.Insights.Sources;

/// <summary>Divides files into parts.</summary>
internal static class LogFileParts
{
    // Large enough that opening a part costs nothing, and small enough that the threads end together.
    private const long PartBytes = 16 * 1024 * 1024;

    /// <summary>Gets the parts of a file. A compressed file, or one whose events are not lines, is one part.</summary>
    internal static IReadOnlyList<LogFilePart> Of(string file, LogFileReport report)
    {
        try
        {
            FileStream stream = OpenFile(file);
            if (!stream.CanSeek)
            {
                // A pipe is opened once. What was written to it would be lost otherwise.
                return [new LogFilePart(file, 0, null, () => stream)];
            }

            using FileStream disposed = stream;
            if (stream.Length < 2 * PartBytes || LogFileStreams.IsWhole(stream))
            {
                return [new LogFilePart(file, 0, null, () => OpenFile(file))];
            }

            int count = (int)(stream.Length / PartBytes);
            return [.. Enumerable.Range(0, count).Select(part => new LogFilePart(
                file, part * PartBytes, part == count - 1 ? null : (part + 1) * PartBytes, () => OpenFile(file)))];
        }
        catch (Exception exception) when (IsFault(exception))
        {
            report.Add(file, exception.Message);
            return [];
        }
    }

    /// <summary>Gets whether an exception tells that a file cannot be read.</summary>
    internal static bool IsFault(Exception exception) =>
        exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException or InvalidDataException;

    // Others may write to the file, and may delete it.
    private static FileStream OpenFile(string file) => new(file, new FileStreamOptions
    {
        BufferSize = 0,
        Share = FileShare.ReadWrite | FileShare.Delete,
        Options = FileOptions.SequentialScan,
    });
}
