using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;

namespace CloudObserve.Benchmarks.Logs;

/// <summary>Represents OpenTelemetry's logger provider with its batch processor.</summary>
/// <remarks>With JSON, the exporter writes each record as a line; otherwise it writes nothing.</remarks>
internal sealed class OpenTelemetryLogs : ILogPipeline
{
    private readonly Exporter _exporter;
    private readonly BatchLogRecordExportProcessor _processor;
    private readonly ILoggerFactory _factory;

    /// <param name="json">Whether the exporter writes lines.</param>
    /// <param name="delayMilliseconds">The delay of a batch that is not full.</param>
    internal OpenTelemetryLogs(bool json, int delayMilliseconds = 60_000)
    {
        _exporter = new Exporter(json);
        _processor = new BatchLogRecordExportProcessor(
            _exporter, maxQueueSize: LoggerFactories.QueuedEvents, scheduledDelayMilliseconds: delayMilliseconds, maxExportBatchSize: 8192);
        _factory = LoggerFactories.With(b => b.AddOpenTelemetry(o =>
        {
            // With JSON the line contains the rendered message, as in this library.
            o.IncludeFormattedMessage = json;
            _ = o.AddProcessor(_processor);
        }));
        Logger = _factory.CreateLogger(LoggerFactories.Category);
    }

    public ILogger Logger { get; }

    public long Arrived => _exporter.Arrived;

    public void Drain() => _ = _processor.ForceFlush();

    public void Dispose() => _factory.Dispose();

    private sealed class Exporter(bool json) : BaseExporter<LogRecord>
    {
        private readonly JsonLine _line = new();

        internal long Arrived { get; private set; }

        public override ExportResult Export(in Batch<LogRecord> batch)
        {
            foreach (LogRecord record in batch)
            {
                Arrived++;
                if (json)
                {
                    Write(record);
                }
            }

            return ExportResult.Success;
        }

        private void Write(LogRecord record)
        {
            _line.Begin(record.Timestamp, record.LogLevel, record.CategoryName!, record.EventId.Id, record.FormattedMessage);
            foreach (KeyValuePair<string, object?> value in record.Attributes ?? [])
            {
                _line.Add(value.Key, value.Value);
            }

            _line.End();
        }
    }
}
