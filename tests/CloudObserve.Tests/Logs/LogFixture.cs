using System.Buffers;
using System.Text;
using System.Text.Json;
using CloudObserve.Logs;
using CloudObserve.Logs.Capture;
using CloudObserve.Logs.Formatting;
using CloudObserve.Testing;
using Microsoft.Extensions.Logging;

namespace CloudObserve.Tests.Logs;

/// <summary>A logger whose events can be read back.</summary>
internal sealed class LogFixture
{
    internal const string Category = "Shop.Orders";

    internal LogFixture(int tableCapacity = 1024, int maxRecordBytes = LogCapture.DefaultMaxRecordBytes)
    {
        Texts = new InternTable(tableCapacity);
        Provider = new CloudObserveLoggerProvider(Sink, Clock, Texts, maxRecordBytes);
        Provider.SetScopeProvider(Scopes);
        Logger = Provider.CreateLogger(Category);
    }

    internal delegate void EventReader(in LogEvent logEvent);

    internal ManualTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 20, 9, 30, 0, 125, TimeSpan.Zero));

    internal RecordingSink Sink { get; } = new();

    internal InternTable Texts { get; }

    internal LoggerExternalScopeProvider Scopes { get; } = new();

    internal CloudObserveLoggerProvider Provider { get; }

    internal ILogger Logger { get; }

    /// <summary>Reads the last event.</summary>
    internal void Read(EventReader read)
    {
        LogEvent logEvent = new(Sink.Records[^1], Texts);
        read(in logEvent);
    }

    internal string Message()
    {
        ArrayBufferWriter<byte> output = new();
        Read((in LogEvent e) => e.WriteMessage(output));
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    internal string Text(ILogEventFormatter formatter)
    {
        ArrayBufferWriter<byte> output = new();
        Read((in LogEvent e) => formatter.Format(in e, output));
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    /// <summary>Gives the last event as the JSON formatter writes it.</summary>
    internal JsonElement Json() =>
        JsonDocument.Parse(Text(new JsonLogEventFormatter()), new JsonDocumentOptions { AllowDuplicateProperties = false }).RootElement;

    /// <summary>Gives the last event as it would be sent: within the size of an event, and valid JSON.</summary>
    internal JsonElement Shipped()
    {
        ArrayBufferWriter<byte> output = new();
        new EventShortener().Shorten(Encoding.UTF8.GetBytes(Text(new JsonLogEventFormatter())), EventShortener.MaxEventBytes, output);
        Assert.InRange(output.WrittenCount, 1, EventShortener.MaxEventBytes);
        return JsonDocument.Parse(output.WrittenMemory, new JsonDocumentOptions { AllowDuplicateProperties = false }).RootElement;
    }
}
