using System.Text.Json;
using CloudObserve.Delivery;
using CloudObserve.Hosting;
using CloudObserve.LogEvents.Routing;
using CloudObserve.Logs;
using CloudObserve.Logs.EmbeddedMetrics;
using CloudObserve.Testing;
using CloudObserve.Tests.Pipeline.Delivery;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CloudObserve.Tests.Logs.EmbeddedMetrics;

public sealed class EmbeddedMetricEventsTests
{
    private const string Aws =
        """{"Timestamp":1795132800123,"CloudWatchMetrics":[{"Namespace":"Shop","Dimensions":[["Route"]],"Metrics":[{"Name":"Latency"}]}]}""";

    private const string Document = $$"""{"_aws":{{Aws}},"Route":"POST /cart","Latency":12.5}""";

    // In this order, in this spelling and with these blanks nothing of ours would have written it.
    private const string OddDocument =
        $$"""{ "note" : "\u00e9 é 😀 \/" , "Latency":[1.0e+1, 2 ],"nested":{"_aws":1},"Route":"x",  "_aws":{{Aws}} }""";

    [Theory]
    [InlineData(Document)]
    [InlineData(OddDocument)]
    public async Task A_document_is_the_event_byte_by_byte_however_it_was_logged(string document)
    {
        Fixture fixture = new();
        using (fixture.Logger.BeginScope("a scope"))
        {
            fixture.Logger.LogInformation("{Document}", document);
        }

        // A template without values is text as it is, braces and all.
#pragma warning disable CA2254 // This is the way such documents are logged that is under test.
        fixture.Logger.LogInformation(document);
#pragma warning restore CA2254
        fixture.Logger.Log(LogLevel.Information, default, 5, new InvalidOperationException("no"), (_, _) => document);
        ((IBufferedLogger)fixture.Logger).LogRecords([new Held(document)]);

        Assert.Equal(Enumerable.Repeat(document, 4), await fixture.MessagesAsync());
    }

    [Theory]
    [InlineData(LogFormat.Json)]
    [InlineData(LogFormat.PlainText)]
    public async Task The_format_of_other_events_does_not_matter(LogFormat format)
    {
        Fixture fixture = new(l => l.Format = format);
        fixture.Logger.LogInformation("{Document}", Document);

        Assert.Equal(Document, Assert.Single(await fixture.MessagesAsync()));
    }

    [Theory]
    [InlineData($"INFO {Document}")]
    [InlineData($"{Document}{Document}")]
    [InlineData($"{Document}\n{{}}")]
    [InlineData($"[{Document}]")]
    [InlineData($"{Document} ")]
    [InlineData($$"""{"inner":{{Document}}}""")]
    [InlineData("""{"_AWS":{"CloudWatchMetrics":[]}}""")]
    [InlineData("""{"_aws":{"Timestamp":1}}""")]
    [InlineData("""{"_aws":{"CloudWatchMetrics":{}}}""")]
    [InlineData("""{"_aws":{"more":{"CloudWatchMetrics":[]}}}""")]
    [InlineData("""{"_aws":[{"CloudWatchMetrics":[]}]}""")]
    [InlineData("""{"note":"\"_aws\"","CloudWatchMetrics":[]}""")]
    [InlineData("""{"_aws":{"CloudWatchMetrics":[]}""")]
    [InlineData("""{"_aws" is no JSON}""")]
    public async Task What_is_no_document_is_written_like_any_event(string message)
    {
        Fixture fixture = new();
        fixture.Logger.LogInformation("{Text}", message);

        string sent = Assert.Single(await fixture.MessagesAsync());
        Assert.Equal(message, JsonDocument.Parse(sent).RootElement.GetProperty("message").GetString());
    }

    [Fact]
    public async Task A_metric_or_dimension_stays_whatever_it_is_called_and_a_secret_beside_it_goes()
    {
        const string Targets = """
            {"_aws":{"Timestamp":1,"CloudWatchMetrics":[{"Namespace":"Shop","Dimensions":[["Authorization"]],"Metrics":[{"Name":"Token"},{"Name":"MissedPassword"}]}]},"Authorization":"basic","Token":[5,6],"MissedPassword":7
            """;
        Fixture fixture = new();
        fixture.Logger.LogInformation("{Document}", $$"""{{Targets}},"password":"hunter22hunter"}""");
        fixture.Logger.LogInformation("{Document}", $$$"""{{{Targets}}},"nested":{"Token":"hunter22hunter"}}""");

        string[] sent = await fixture.MessagesAsync();
        Assert.Equal($$"""{{Targets}},"password":"[redacted:field]"}""", sent[0]);
        Assert.Equal($$$"""{{{Targets}}},"nested":{"Token":"[redacted:field]"}}""", sent[1]);
    }

    [Fact]
    public async Task A_credential_goes_even_out_of_a_dimension()
    {
        Fixture fixture = new();
        fixture.Logger.LogInformation("{Document}", Document.Replace("POST /cart", "AKIAIOSFODNN7EXAMPLE", StringComparison.Ordinal));
        fixture.Logger.LogInformation("{Document}", Document.Replace("POST /cart", "/login?password=hunter22", StringComparison.Ordinal));

        string[] sent = await fixture.MessagesAsync();
        Assert.Contains("\"Route\":\"[redacted:", sent[0], StringComparison.Ordinal);
        Assert.Contains("\"Route\":\"/login?password=[redacted:", sent[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1_048_550, 8 * 1024 * 1024, true)]
    [InlineData(1_048_551, 8 * 1024 * 1024, false)]
    [InlineData(3_000_000, 8 * 1024 * 1024, false)]
    [InlineData(60_000, 256 * 1024, false)]
    public async Task A_document_too_large_for_an_event_is_lost_and_not_cut(int bytes, int buffer, bool fits)
    {
        string head = Document[..^1] + ",\"note\":\"";
        string document = $"{head}{new string('x', bytes - head.Length - 2)}\"}}";
        Fixture fixture = new(l => l.BufferBytes = buffer);
        fixture.Logger.Log(LogLevel.Information, default, 0, null, (_, _) => document);

        string[] sent = await fixture.MessagesAsync();
        Assert.Equal(fits ? [document] : [], sent);
        Assert.Equal(fits ? [] : [new(LossReason.TooLarge, 1)], fixture.Signal.Ledger.Snapshot().Lost);
        Assert.Equal(0, fixture.Signal.Ledger.Snapshot().InFlight);
    }

    [Fact]
    public void Other_events_are_neither_rendered_for_the_question_nor_cost_memory()
    {
        LogFixture fixture = new();
        string text = "a text";
        fixture.Logger.LogInformation("Order {OrderId} placed by {Customer}", 17, text);
        fixture.Logger.LogInformation("{Customer} placed order {OrderId}", text, 17);
        fixture.Logger.LogInformation("{OrderId} was placed", 17);
        fixture.Logger.LogInformation("A constant");
        EmbeddedMetricEvents events = new();
        CloudObserve.LogEvents.Text.Utf8Buffer output = new();
        foreach (byte[] record in fixture.Sink.Records)
        {
            LogEvent logEvent = new(record, fixture.Texts);
            Assert.False(logEvent.MessageMayBeJsonObject());
            _ = events.TryRead(in logEvent, output);
            long before = GC.GetAllocatedBytesForCurrentThread();
            _ = events.TryRead(in logEvent, output);
            Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        }

        Assert.Equal(0, output.Length);
    }

    private sealed class Held(string message) : BufferedLogRecord
    {
        public override DateTimeOffset Timestamp => TimeProvider.System.GetUtcNow();

        public override LogLevel LogLevel => LogLevel.Information;

        public override EventId EventId => default;

        public override string? FormattedMessage => message;
    }

    private sealed class Fixture : IBatchSink
    {
        private readonly LogsComposition _composition;
        private readonly List<string> _messages = [];

        internal Fixture(Action<LogsOptions>? configure = null)
        {
            CloudObserveOptions options = new() { Delivery = { MaxConcurrentRequests = 1 } };
            configure?.Invoke(options.Logs);
            _composition = LogsComposition.Create(
                options, new LogIdentity("app", "Test", "host", "one", "process"), null, new(this), new RecordingEvents(),
                new ManualTimeProvider(TimeProvider.System.GetUtcNow()));
            _composition.Signal.Start();
            Logger = _composition.Provider.CreateLogger("Shop");
        }

        internal LogsSignal Signal => _composition.Signal;

        internal ILogger Logger { get; }

        public ValueTask<SendResult> SendAsync(Batch batch, CancellationToken cancellationToken)
        {
            using JsonDocument body = JsonDocument.Parse(batch.Body);
            lock (_messages)
            {
                _messages.AddRange(
                    body.RootElement.GetProperty("logEvents").EnumerateArray().Select(e => e.GetProperty("message").GetString()!));
            }

            return ValueTask.FromResult(SendResult.Delivered());
        }

        internal async Task<string[]> MessagesAsync()
        {
            await Signal.FlushAsync(CancellationToken.None);
            lock (_messages)
            {
                return [.. _messages];
            }
        }
    }
}
