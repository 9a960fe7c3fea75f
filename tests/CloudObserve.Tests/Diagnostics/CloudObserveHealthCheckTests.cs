using CloudObserve.Diagnostics;
using CloudObserve.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging.Abstractions;

namespace CloudObserve.Tests.Diagnostics;

public sealed class CloudObserveHealthCheckTests : IDisposable
{
    private readonly ManualTimeProvider _time = new();
    private readonly DiagnosticEvents _events;
    private SignalReading _reading = new(0, 0, [], 0, 0, 0, 0, TimeSpan.Zero);

    public CloudObserveHealthCheckTests()
    {
        _events = new DiagnosticEvents(NullLoggerFactory.Instance, null, _time);
        _events.Sources.Register(new SignalSource("logs", () => _reading));
    }

    public void Dispose() => _events.Dispose();

    [Fact]
    public async Task It_is_healthy_when_nothing_is_wrong_and_shows_the_books()
    {
        _reading = new SignalReading(10, 8, [new("Rejected", 1)], 1, 1, 100, 0, TimeSpan.FromSeconds(1));
        HealthReportEntry entry = await CheckAsync();

        Assert.Equal(HealthStatus.Healthy, entry.Status);
        Assert.Equal((10L, 8L, 1L, 1L),
            (entry.Data["logs.accepted"], entry.Data["logs.delivered"], entry.Data["logs.lost"], entry.Data["logs.inFlight"]));
    }

    [Fact]
    public async Task Retrying_degrades_it_until_a_success()
    {
        Retry("Throttled");
        HealthReportEntry entry = await CheckAsync();
        Assert.Equal(HealthStatus.Degraded, entry.Status);
        Assert.Contains("PutLogEvents to d has failed", entry.Description, StringComparison.Ordinal);

        _events.BatchDelivered(new DeliveredBatch("logs", "PutLogEvents", "d", 1, 1, TimeSpan.Zero));
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync()).Status);
    }

    [Fact]
    public async Task Missing_rights_make_it_unhealthy_and_it_says_what_to_check()
    {
        Retry("Unauthorized");
        HealthReportEntry entry = await CheckAsync();

        Assert.Equal(HealthStatus.Unhealthy, entry.Status);
        Assert.Contains("IAM action PutLogEvents", entry.Description, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lost")]
    [InlineData("misused")]
    public async Task A_loss_or_a_misuse_degrades_it_for_a_while(string what)
    {
        if (what == "lost")
        {
            _events.DataLost(new DataLoss("logs", "BufferFull", 3, "the detail"));
        }
        else
        {
            _events.MisuseFound(new Misuse("logs", "InvalidName", "subject", "the detail"));
        }

        HealthReportEntry entry = await CheckAsync();
        Assert.Equal(HealthStatus.Degraded, entry.Status);
        Assert.Contains("the detail", entry.Description, StringComparison.Ordinal);
        _time.Advance(DeliveryHealth.Recent);
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync()).Status);
    }

    [Fact]
    public async Task Data_that_waits_while_nothing_is_delivered_makes_it_unhealthy()
    {
        _reading = new SignalReading(10, 0, [], 10, 2, 100, 0, TimeSpan.FromMinutes(4.9));
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync()).Status);
        _reading = _reading with { OldestAge = TimeSpan.FromMinutes(5) };
        Assert.Equal(HealthStatus.Unhealthy, (await CheckAsync()).Status);

        // Something gets through: slow, but not stuck.
        _events.BatchDelivered(new DeliveredBatch("logs", "PutLogEvents", "d", 1, 1, TimeSpan.Zero));
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync()).Status);
    }

    [Fact]
    public async Task The_host_decides_what_unhealthy_means_for_it()
    {
        Retry("Unauthorized");
        Assert.Equal(HealthStatus.Degraded, (await CheckAsync(HealthStatus.Degraded)).Status);
    }

    [Fact]
    public async Task Without_the_library_itself_the_check_says_what_is_missing()
    {
        ServiceCollection services = new();
        services.AddLogging().AddHealthChecks().AddCloudObserve();
        await using ServiceProvider provider = services.BuildServiceProvider();

        InvalidOperationException exception =
            await Assert.ThrowsAsync<InvalidOperationException>(() => provider.GetRequiredService<HealthCheckService>().CheckHealthAsync());
        Assert.Contains("AddCloudObserve()", exception.Message, StringComparison.Ordinal);
    }

    private void Retry(string errorClass) => _events.AttemptFailed(new FailedAttempt("logs", "PutLogEvents", "d", errorClass, "c", "m"));

    private async Task<HealthReportEntry> CheckAsync(HealthStatus? failureStatus = null)
    {
        ServiceCollection services = new();
        services.AddSingleton(_ => _events);
        services.AddLogging().AddHealthChecks().AddCloudObserve(failureStatus: failureStatus);

        // Not disposed: the container would dispose the events, which later checks of the same test still need.
        ServiceProvider provider = services.BuildServiceProvider();
        HealthReport report = await provider.GetRequiredService<HealthCheckService>().CheckHealthAsync();
        return report.Entries["cloudobserve"];
    }
}
