using CloudObserve.Diagnostics;
using CloudObserve.Testing;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace CloudObserve.Tests.Diagnostics;

/// <summary>The clock is set while something is wrong: how long it lasts and when it is told is counted in the time that passes.</summary>
public sealed class ClockJumpTests : IDisposable
{
    private readonly ManualTimeProvider _time = new();
    private readonly CollectingLogger _logger = new();
    private readonly DiagnosticEvents _events;

    public ClockJumpTests() => _events = new DiagnosticEvents(_logger, null, _time);

    public void Dispose()
    {
        _events.Dispose();
        _logger.Dispose();
    }

    [Theory]
    [InlineData(-3)]
    [InlineData(3)]
    [InlineData(-24 * 91)]
    [InlineData(24 * 91)]
    public void A_loss_degrades_health_for_five_minutes(int hours)
    {
        _events.DataLost(new DataLoss("logs", "BufferFull", 3, "the buffer was full"));
        _time.Advance(TimeSpan.FromMinutes(1));
        _time.Jump(TimeSpan.FromHours(hours));
        Assert.Equal(HealthStatus.Degraded, _events.Health.Judge().Status);

        _time.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal(HealthStatus.Healthy, _events.Health.Judge().Status);
    }

    [Theory]
    [InlineData(-3)]
    [InlineData(3)]
    [InlineData(-24 * 91)]
    [InlineData(24 * 91)]
    public async Task An_outage_is_as_long_as_it_lasts(int hours)
    {
        Retry();
        _time.Advance(TimeSpan.FromMinutes(1));
        _time.Jump(TimeSpan.FromHours(hours));
        Assert.Contains("has failed for 0.00:01:00", Assert.Single(_events.Health.Judge().Reasons), StringComparison.Ordinal);

        Retry();
        _time.Advance(TimeSpan.FromMinutes(1));
        _events.BatchDelivered(new DeliveredBatch("logs", "PutLogEvents", "group/stream", 5, 100, TimeSpan.FromMilliseconds(20)));
        await _events.WhenSaidAsync();
        Assert.Equal("PutLogEvents to group/stream recovered after 00:02:00 and 2 failed attempts.",
            Assert.Single(_logger.At(LogLevel.Information)));
    }

    [Theory]
    [InlineData(-3)]
    [InlineData(3)]
    [InlineData(-24 * 91)]
    [InlineData(24 * 91)]
    public async Task Losses_of_one_kind_are_told_once_a_minute(int hours)
    {
        _events.DataLost(new DataLoss("logs", "BufferFull", 1, "the buffer was full"));
        _time.Jump(TimeSpan.FromHours(hours));
        _events.DataLost(new DataLoss("logs", "BufferFull", 2, "the buffer was full"));
        await _events.WhenSaidAsync();
        Assert.Single(_logger.At(LogLevel.Warning));

        _time.Advance(DiagnosticEvents.RepeatInterval);
        _events.DataLost(new DataLoss("logs", "BufferFull", 4, "the buffer was full"));
        await _events.WhenSaidAsync();
        Assert.Equal(2, _logger.At(LogLevel.Warning).Count());
    }

    private void Retry() => _events.AttemptFailed(new FailedAttempt("logs", "PutLogEvents", "group/stream", "Unavailable", "c", "m"));
}
