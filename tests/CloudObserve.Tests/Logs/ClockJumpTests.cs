using System.Collections.Concurrent;
using System.Text.Json;
using CloudObserve.Delivery;
using CloudObserve.Hosting;
using CloudObserve.LogEvents.Routing;
using CloudObserve.Testing;
using CloudObserve.Tests.Pipeline.Delivery;
using Microsoft.Extensions.Logging;

namespace CloudObserve.Tests.Logs;

/// <summary>The clock is set between the logging of an event and its reading.</summary>
public sealed class ClockJumpTests : IBatchSink
{
    private readonly ManualTimeProvider _time = new();
    private readonly ConcurrentQueue<(long Time, string Message)> _events = new();

    [Theory]
    [InlineData(-3)]
    [InlineData(-24 * 91)]
    [InlineData(24 * 91)]
    public async Task No_event_is_lost_and_each_has_a_time_that_the_service_takes(int hours)
    {
        CloudObserveOptions options = new();
        LogsComposition logs = LogsComposition.Create(
            options, new LogIdentity("app", "Test", "host", "one", "process"), null, new(this), new RecordingEvents(), _time);
        ILogger logger = logs.Provider.CreateLogger("Shop");
        DateTimeOffset before = _time.GetUtcNow();
        for (int i = 0; i < 100; i++)
        {
            logger.LogInformation("Order {Number}", i);
        }

        _time.Jump(TimeSpan.FromHours(hours));
        logger.LogInformation("After");
        logs.Signal.Start();
        await logs.Signal.FlushAsync(CancellationToken.None);

        LedgerSnapshot books = logs.Signal.Ledger.Snapshot();
        Assert.Equal((101, 101, 0), (books.Accepted, books.Delivered, books.TotalLost));
        Assert.All(_events, e => Assert.Equal(_time.GetUtcNow().ToUnixTimeMilliseconds(), e.Time));

        // The text says what the clock said.
        Assert.Equal(100,
            _events.Count(e => e.Message.Contains($"\"timestamp\":\"{before:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}\"", StringComparison.Ordinal)));
        await logs.Signal.CloseAsync(CancellationToken.None);
    }

    public ValueTask<SendResult> SendAsync(Batch batch, CancellationToken cancellationToken)
    {
        using JsonDocument body = JsonDocument.Parse(batch.Body);
        foreach (JsonElement sent in body.RootElement.GetProperty("logEvents").EnumerateArray())
        {
            _events.Enqueue((sent.GetProperty("timestamp").GetInt64(), sent.GetProperty("message").GetString()!));
        }

        return ValueTask.FromResult(SendResult.Delivered());
    }
}
