using Microsoft.Extensions.Logging;
using NLog;
using NLog.Config;
using NLog.Extensions.Logging;
using NLog.Layouts;
using NLog.Targets;
using NLog.Targets.Wrappers;

namespace CloudObserve.Benchmarks.Logs;

/// <summary>Represents NLog with its asynchronous wrapper.</summary>
/// <remarks>With JSON, the target renders a JsonLayout to reused memory.</remarks>
internal sealed class NLogLogs : ILogPipeline
{
    private readonly LogFactory _nlog = new();
    private readonly CountingTarget _target;
    private readonly ILoggerFactory _factory;

    internal NLogLogs(bool json)
    {
        _target = new CountingTarget(json ? JsonLayout() : null);
        AsyncTargetWrapper wrapper = new(_target, LoggerFactories.QueuedEvents, AsyncTargetWrapperOverflowAction.Grow);
        LoggingConfiguration configuration = new(_nlog);
        configuration.AddRuleForAllLevels(wrapper);
        _nlog.Configuration = configuration;
        _factory = LoggerFactories.With(new NLogLoggerProvider(new NLogProviderOptions(), _nlog));
        Logger = _factory.CreateLogger(LoggerFactories.Category);
    }

    public Microsoft.Extensions.Logging.ILogger Logger { get; }

    public long Arrived => _target.Arrived;

    public void Drain() => _nlog.Flush();

    public void Dispose()
    {
        _factory.Dispose();
        _nlog.Dispose();
    }

    private static JsonLayout JsonLayout() => new()
    {
        Attributes =
        {
            new JsonAttribute("timestamp", "${date:format=o}"),
            new JsonAttribute("level", "${level}"),
            new JsonAttribute("category", "${logger}"),
            new JsonAttribute("eventId", "${event-properties:EventId:objectPath=Id}"),
            new JsonAttribute("message", "${message}"),
        },
        IncludeEventProperties = true,
    };

    private sealed class CountingTarget : TargetWithLayout
    {
        private readonly bool _json;
        private readonly System.Text.StringBuilder _text = new(64 * 1024);
        private readonly byte[] _utf8 = new byte[64 * 1024];

        internal CountingTarget(Layout? layout)
        {
            Name = "counting";
            _json = layout is not null;
            Layout = layout ?? new SimpleLayout("");
        }

        internal long Arrived { get; private set; }

        protected override void Write(LogEventInfo logEvent)
        {
            Arrived++;
            if (!_json)
            {
                return;
            }

            // Rendered to a reused builder and then to bytes, as in NLog's own file target.
            _ = _text.Clear();
            Layout.Render(logEvent, _text);
            int at = 0;
            foreach (ReadOnlyMemory<char> chunk in _text.GetChunks())
            {
                at += System.Text.Encoding.UTF8.GetBytes(chunk.Span, _utf8.AsSpan(at));
            }
        }
    }
}
