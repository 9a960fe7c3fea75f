using CloudObserve.Insights;
using CloudObserve.Local;

namespace CloudObserve.Monitoring.Insights.Sources;

/// <summary>Reads the events of a log group of the embedded CloudWatch, the newest first.</summary>
internal sealed class StoredLogEventCursor(string logGroup, LogEventReader reader) : ILogEventCursor
{
    // The account of the embedded CloudWatch.
    private const string Account = "000000000000";

    public bool IsNewestFirst => true;

    public ReadOnlyMemory<byte> Message => reader.Message;

    public DateTimeOffset? Timestamp => reader.Timestamp;

    public DateTimeOffset? IngestionTime => reader.IngestionTime;

    public string LogStreamName => reader.LogStreamName;

    public string Log { get; } = $"{Account}:{logGroup}";

    public bool Read() => reader.Read();

    public string GetPointer() => $"{Log}:{reader.GetEventId()}";

    public void Dispose()
    {
        // The reader holds no lock and no file.
    }
}
