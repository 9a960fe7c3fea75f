using System.Collections.Concurrent;
using System.Text.Json;
using CloudObserve.Delivery;
using CloudObserve.Hosting;
using CloudObserve.LogEvents.Routing;
using CloudObserve.Logs;
using CloudObserve.Testing;
using CloudObserve.Tests.Pipeline.Delivery;
using Microsoft.Extensions.Logging;

namespace CloudObserve.Tests.Logs;

/// <summary>The logs of a host, put together as the host does, with a sink that keeps what arrives.</summary>
internal sealed class LogsSignalFixture : IBatchSink
{
    private readonly LogsComposition _composition;
    private bool _isOut;

    internal LogsSignalFixture(
        Action<LogsOptions>? configure = null, ILogEventFormatter? formatter = null, bool start = true, int? maxBufferBytes = null)
    {
        CloudObserveOptions options = new() { Delivery = { MaxConcurrentRequests = 1 } };
        options.Delivery.MaxBufferBytes = maxBufferBytes ?? options.Delivery.MaxBufferBytes;
        options.Logs.LogGroup = "/app/{environment}";
        options.Logs.LogStream = "{instance}";
        configure?.Invoke(options.Logs);
        _composition = LogsComposition.Create(
            options, new LogIdentity("app", "Test", "host", "one", "process"), formatter, new(this), Reports, Time);
        if (start)
        {
            _composition.Signal.Start();
        }
    }

    internal ManualTimeProvider Time { get; } = new();

    internal RecordingEvents Reports { get; } = new();

    internal LogsSignal Signal => _composition.Signal;

    internal ConcurrentQueue<(string Group, string Stream, JsonElement Message)> Events { get; } = new();

    internal (long Accepted, long Delivered, long Lost, long InFlight) Books
    {
        get
        {
            LedgerSnapshot books = Signal.Ledger.Snapshot();
            return (books.Accepted, books.Delivered, books.TotalLost, books.InFlight);
        }
    }

    /// <summary>Gets or sets a value indicating whether nothing is taken.</summary>
    internal bool IsOut
    {
        get => Volatile.Read(ref _isOut);
        set => Volatile.Write(ref _isOut, value);
    }

    public ValueTask<SendResult> SendAsync(Batch batch, CancellationToken cancellationToken)
    {
        if (IsOut)
        {
            return ValueTask.FromResult(SendResult.Failed(ErrorClass.Unavailable, "Out", "The destination is out."));
        }

        using JsonDocument body = JsonDocument.Parse(batch.Body);
        string group = body.RootElement.GetProperty("logGroupName").GetString()!;
        string stream = body.RootElement.GetProperty("logStreamName").GetString()!;
        foreach (JsonElement sent in body.RootElement.GetProperty("logEvents").EnumerateArray())
        {
            using JsonDocument message = JsonDocument.Parse(sent.GetProperty("message").GetString()!);
            Events.Enqueue((group, stream, message.RootElement.Clone()));
        }

        return ValueTask.FromResult(SendResult.Delivered());
    }

    internal ILogger Logger(string category) => _composition.Provider.CreateLogger(category);

    internal async Task ArrivedAsync(int count)
    {
        while (Events.Count < count)
        {
            await Task.Yield();
        }
    }

    internal sealed class Formatter(Action<LogEvent, System.Buffers.IBufferWriter<byte>> format) : ILogEventFormatter
    {
        public void Format(in LogEvent logEvent, System.Buffers.IBufferWriter<byte> output) => format(logEvent, output);
    }
}
