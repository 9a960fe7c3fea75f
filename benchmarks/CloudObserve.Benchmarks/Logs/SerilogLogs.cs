using System.Text;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Extensions.Logging;
using Serilog.Formatting.Json;

namespace CloudObserve.Benchmarks.Logs;

/// <summary>Represents Serilog with a sink that puts its immutable events into a bounded channel.</summary>
/// <remarks>The reader of the channel formats them.</remarks>
internal sealed class SerilogLogs : ILogPipeline
{
    private readonly ChannelSink _sink = new();
    private readonly Logger _serilog;
    private readonly ILoggerFactory _factory;
    private readonly JsonFormatter? _formatter;
    private readonly StringBuilder _text = new(64 * 1024);
    private readonly StringWriter _writer;
    private readonly byte[] _utf8 = new byte[64 * 1024];

    internal SerilogLogs(bool json)
    {
        _formatter = json ? new JsonFormatter(renderMessage: true) : null;
        _writer = new StringWriter(_text, System.Globalization.CultureInfo.InvariantCulture);
        _serilog = new LoggerConfiguration().WriteTo.Sink(_sink).CreateLogger();
        _factory = LoggerFactories.With(new SerilogLoggerProvider(_serilog));
        Logger = _factory.CreateLogger(LoggerFactories.Category);
    }

    public Microsoft.Extensions.Logging.ILogger Logger { get; }

    public long Arrived { get; private set; }

    public void Drain()
    {
        while (_sink.Events.Reader.TryRead(out LogEvent? logEvent))
        {
            Arrived++;
            if (_formatter is not null)
            {
                Format(logEvent);
            }
        }
    }

    public void Dispose()
    {
        _factory.Dispose();
        _serilog.Dispose();
        _writer.Dispose();
    }

    private void Format(LogEvent logEvent)
    {
        _ = _text.Clear();
        _formatter!.Format(logEvent, _writer);
        int at = 0;
        foreach (ReadOnlyMemory<char> chunk in _text.GetChunks())
        {
            at += Encoding.UTF8.GetBytes(chunk.Span, _utf8.AsSpan(at));
        }
    }

    private sealed class ChannelSink : ILogEventSink
    {
        internal Channel<LogEvent> Events { get; } =
            Channel.CreateBounded<LogEvent>(new BoundedChannelOptions(LoggerFactories.QueuedEvents) { SingleReader = true });

        // An event is lost when the channel is full, as in Serilog's own asynchronous sink. The benchmark checks at the end that all events
        // arrived.
        public void Emit(LogEvent logEvent) => _ = Events.Writer.TryWrite(logEvent);
    }
}
