using CloudObserve.Delivery;
using CloudObserve.Logs;
using CloudObserve.Testing;
using Microsoft.Extensions.Logging;

namespace CloudObserve.Tests.Scenarios;

/// <summary>Every way in which other libraries were seen to lose log events, played against this one.</summary>
public sealed class LogLossTests
{
    [Fact]
    public async Task Errors_that_pass_cost_no_event()
    {
        await using LoggingApp app = await LoggingApp.StartAsync();
        app.Aws.CreateLogGroup(LoggingApp.Group, "one");
        app.Aws.Script.Always = Fault.InternalError();
        app.Log(0, 2_000);
        Task<FlushResult> flush = app.FlushAsync();
        await app.Aws.WhenRequestsAsync(3);
        app.Log(2_000, 500);
        await app.Aws.WhenRequestsAsync(5);
        app.Aws.Script.Always = null;

        Assert.True((await flush).Completed);
        await app.StopAsync();
        app.AssertAllArrived(2_500);
    }

    [Fact]
    public async Task Throttling_is_waited_out()
    {
        await using LoggingApp app = await LoggingApp.StartAsync();
        app.Aws.CreateLogGroup(LoggingApp.Group, "one");
        app.Aws.Script.Enqueue(Fault.Throttle(), Fault.Throttle(), Fault.Throttle(TimeSpan.FromSeconds(1)), Fault.Unavailable());
        app.Log(0, 2_000);

        Assert.True((await app.FlushAsync()).Completed);
        app.AssertAllArrived(2_000);
        Assert.True(app.Aws.Requests.Count >= 5);
    }

    [Fact]
    public async Task A_group_that_is_missing_is_created_and_the_batch_in_hand_is_kept()
    {
        await using LoggingApp app = await LoggingApp.StartAsync();
        app.Log(0, 100);

        Assert.True((await app.FlushAsync()).Completed);
        app.AssertAllArrived(100);
        Assert.Equal("PutLogEvents", app.Aws.Requests[0].Operation);
    }

    [Fact]
    public async Task A_stream_that_is_taken_away_is_made_again()
    {
        await using LoggingApp app = await LoggingApp.StartAsync();
        app.Aws.CreateLogGroup(LoggingApp.Group, "one");
        app.Log(0, 50);
        _ = await app.FlushAsync();
        app.Aws.Script.Enqueue(
            Fault.Error(400, "ResourceNotFoundException", "The specified log stream does not exist."),
            Fault.Error(400, "ResourceAlreadyExistsException", "The specified log stream already exists"));
        app.Log(50, 50);

        Assert.True((await app.FlushAsync()).Completed);
        app.AssertAllArrived(100);
    }

    [Fact]
    public async Task Permissions_that_come_late_cost_no_event_and_Describe_is_never_among_them()
    {
        await using LoggingApp app = await LoggingApp.StartAsync();
        app.Aws.Deny("PutLogEvents");
        app.Log(0, 500);
        Task<FlushResult> flush = app.FlushAsync();
        await app.Aws.WhenRequestsAsync(2);
        app.Aws.Allow("PutLogEvents");

        Assert.True((await flush).Completed);
        app.AssertAllArrived(500);
        Assert.All(app.Aws.Requests, r => Assert.False(r.Operation.StartsWith("Describe", StringComparison.Ordinal), r.Operation));
    }

    [Fact]
    public async Task Many_tiny_events_become_requests_that_the_service_takes()
    {
        await using LoggingApp app = await LoggingApp.StartAsync();
        app.Aws.CreateLogGroup(LoggingApp.Group, "one");
        for (int i = 0; i < 25_600; i++)
        {
            app.Logger.LogInformation("x");
        }

        Assert.True((await app.FlushAsync()).Completed);
        Assert.Equal(25_600, app.Messages.Count);
        Assert.Equal((25_600, 0), (app.Books.Delivered, app.Books.TotalLost));
        Assert.True(app.Aws.Requests.Count >= 3);
    }

    [Fact]
    public async Task An_event_longer_than_the_service_allows_arrives_once_and_shortened()
    {
        await using LoggingApp app = await LoggingApp.StartAsync(l => l.BufferBytes = 16 * 1024 * 1024);
        app.Aws.CreateLogGroup(LoggingApp.Group, "one");
        app.Logger.LogInformation("{Text}", new string('\u65E5', 500_000));

        Assert.True((await app.FlushAsync()).Completed);
        string arrived = Assert.Single(app.Messages);
        Assert.StartsWith("\u65E5\u65E5\u65E5", arrived, StringComparison.Ordinal);
        Assert.DoesNotContain('\uFFFD', arrived);
        Assert.Equal((1, 0), (app.Books.Delivered, app.Books.TotalLost));
    }

    [Fact]
    public async Task An_event_that_is_never_accepted_is_lost_alone_and_blocks_nothing()
    {
        await using LoggingApp app = await LoggingApp.StartAsync();
        app.Aws.CreateLogGroup(LoggingApp.Group, "one");
        app.Aws.PoisonLogEvent = e => e.Message == "event 000777";
        app.Log(0, 1_000);
        Assert.True((await app.FlushAsync()).Completed);
        app.Log(1_000, 10);
        Assert.True((await app.FlushAsync()).Completed);

        Assert.Equal(1_009, app.Messages.Count);
        Assert.Equal(1_009, app.Messages.Distinct().Count());
        Assert.DoesNotContain("event 000777", app.Messages);
        Assert.Equal((1_010, 1_009, 1L), (app.Books.Accepted, app.Books.Delivered, app.Books.Lost[LossReason.Rejected]));
    }

    [Fact]
    public async Task A_group_that_may_not_be_created_holds_up_no_other()
    {
        await using LoggingApp app = await LoggingApp.StartAsync(l => l.Routes.Add(new LogRouteOptions
        {
            Category = "Shop.Audit",
            LogGroup = "/forbidden",
        }));
        app.Aws.CreateLogGroup(LoggingApp.Group, "one");
        app.Aws.Deny("CreateLogGroup");
        app.LoggerOf("Shop.Audit").LogInformation("waits");
        app.Log(0, 100);
        Task<FlushResult> flush = app.FlushAsync();
        await app.Aws.WhenRequestsAsync(4);

        // It is asked for again with pauses, not in a spin: what is meant for others has long arrived.
        while (app.Messages.Count < 100)
        {
            await Task.Yield();
        }

        app.Aws.Allow("CreateLogGroup");
        Assert.True((await flush).Completed);
        Assert.Equal(101, app.Messages.Count);
        Assert.Equal((101, 0), (app.Books.Delivered, app.Books.TotalLost));
    }

    [Fact]
    public async Task A_dead_endpoint_holds_the_stop_no_longer_than_the_deadline_and_what_is_left_is_counted()
    {
        await using LoggingApp app = await LoggingApp.StartAsync(delivery: d => d.ShutdownTimeout = TimeSpan.FromSeconds(5));
        app.Aws.Script.Always = Fault.Hang(new TaskCompletionSource().Task);
        app.Log(0, 300);

        await app.StopAsync();

        Assert.Equal((300, 0, 300, 0), (app.Books.Accepted, app.Books.Delivered, app.Books.TotalLost, app.Books.InFlight));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_a_dead_endpoint_did_not_take_is_delivered_by_the_next_start(bool hangs)
    {
        string state = Directory.CreateTempSubdirectory("cloudobserve").FullName;
        await using (LoggingApp first =
            await LoggingApp.StartAsync(delivery: d => d.ShutdownTimeout = TimeSpan.FromSeconds(5), state: state))
        {
            first.Aws.Script.Always = hangs ? Fault.Hang(new TaskCompletionSource().Task) : Fault.CutBeforeAcceptance();
            first.Log(0, 300);
            await first.StopAsync();

            Assert.Equal((300, 0, 0, 300, 300),
                (first.Books.Accepted, first.Books.Delivered, first.Books.TotalLost, first.Books.InFlight, first.Books.Spooled));
        }

        await using LoggingApp second = await LoggingApp.StartAsync(state: state);
        second.Log(300, 100);
        while (second.Books.Delivered < 400)
        {
            await Task.Yield();
        }

        await second.StopAsync();
        second.AssertAllArrived(400);
        Directory.Delete(state, recursive: true);
    }

    [Fact]
    public async Task A_burst_right_before_the_stop_arrives_from_every_thread()
    {
        await using LoggingApp app = await LoggingApp.StartAsync();
        Parallel.For(0, 16, thread => app.Log(thread * 250, 250));

        await app.StopAsync();
        app.AssertAllArrived(4_000);
    }
}
