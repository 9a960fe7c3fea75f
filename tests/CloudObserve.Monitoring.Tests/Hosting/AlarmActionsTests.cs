using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CloudObserve.Monitoring.Tests.Hosting;

/// <summary>Actions of running alarms: suppressors, mute rules, handlers that fail.</summary>
public sealed class AlarmActionsTests
{
    [Fact]
    public async Task A_suppressor_holds_back_the_actions_and_they_run_at_the_end_of_its_extension()
    {
        await using AlarmHost host = new(m => m
            .AddAlarm("deploying", a => a.Metric("Shop", "Deployments").Statistic("Sum").GreaterThan(0).WhenMissing(MissingData.Ignore))
            .AddAlarm("orders", a => a.Metric("Shop", "Orders").Statistic("Sum").GreaterThan(50).WhenMissing(MissingData.Ignore))
            .AddCompositeAlarm("shop", "ALARM(orders)", c => c.Notify("ops")
                .SuppressedBy("deploying", TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(45)))
            .AddNotificationHandler<NotingHandler>());
        _ = host.Alarms;
        Set(host, "deploying", "ALARM");
        Set(host, "orders", "ALARM");

        Assert.Equal((AlarmState.Alarm, "Alarm", "Actions suppressed by Alarm"),
            Suppression(host));
        Set(host, "deploying", "OK");
        Assert.Equal("ExtensionPeriod", host.Composite("shop").ActionsSuppressedBy);
        Assert.False(host.Notes.TryNext(out _));

        host.Clock.Advance(TimeSpan.FromSeconds(45));
        Assert.Equal("shop", (await host.Notes.NextAsync()).AlarmName);
        Assert.Null(host.Composite("shop").ActionsSuppressedBy);
    }

    [Fact]
    public async Task A_logger_that_throws_ends_neither_the_evaluations_nor_the_notifications()
    {
        await using AlarmHost host = new(
            m => m.AddAlarm("orders", a => AlarmHost.Orders()(a.WhenMissing(MissingData.Ignore))).AddNotificationHandler<NotingHandler>(),
            configure: services => services.AddSingleton<ILoggerProvider>(new ThrowingLoggers()));
        _ = host.Alarms;
        foreach (string state in new[] { "ALARM", "OK", "ALARM" })
        {
            Set(host, "orders", state);
        }

        Assert.Equal(AlarmState.Alarm, (await host.Notes.NextAsync()).NewState);
        Assert.Equal(AlarmState.Alarm, (await host.Notes.NextAsync()).NewState);
        host.Minute(10);
        Assert.Equal(AlarmState.Ok, host.Alarms.DescribeAlarms(new DescribeAlarmsRequest()).MetricAlarms.Single().StateValue);
    }

    [Fact]
    public async Task A_composite_alarm_waits_for_its_suppressor_and_tells_when_it_does_not_come()
    {
        await using AlarmHost host = new(m => m
            .AddAlarm("deploying", a => a.Metric("Shop", "Deployments").Statistic("Sum").GreaterThan(0).WhenMissing(MissingData.Ignore))
            .AddAlarm("orders", a => AlarmHost.Orders()(a.WhenMissing(MissingData.Ignore)))
            .AddCompositeAlarm("shop", "ALARM(orders)", c => c.Notify("ops")
                .SuppressedBy("deploying", TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(5))));
        _ = host.Alarms;
        Set(host, "orders", "ALARM");
        Assert.Equal("WaitPeriod", host.Composite("shop").ActionsSuppressedBy);

        host.Clock.Advance(TimeSpan.FromSeconds(14));
        Assert.DoesNotContain(host.Log.Of("NotificationSent"), line => line.Contains("Alarm shop", StringComparison.Ordinal));
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Contains(host.Log.Of("NotificationSent"), line => line.Contains("Alarm shop", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_composite_alarm_that_changes_back_while_it_waits_runs_its_OK_actions_after_a_new_wait()
    {
        await using AlarmHost host = new(m => m
            .AddAlarm("deploying", a => a.Metric("Shop", "Deployments").Statistic("Sum").GreaterThan(0).WhenMissing(MissingData.Ignore))
            .AddAlarm("orders", a => a.Metric("Shop", "Orders").Statistic("Sum").GreaterThan(50).WhenMissing(MissingData.Ignore))
            .AddCompositeAlarm("shop", "ALARM(orders)", c => c.Notify("ops").NotifyOk("ops")
                .SuppressedBy("deploying", TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(5)))
            .AddNotificationHandler<NotingHandler>());
        _ = host.Alarms;
        host.Clock.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal(AlarmState.Ok, (await host.Notes.NextAsync()).NewState);
        Set(host, "orders", "ALARM");
        host.Clock.Advance(TimeSpan.FromSeconds(10));
        Set(host, "orders", "OK");
        host.Clock.Advance(TimeSpan.FromSeconds(14));
        Assert.False(host.Notes.TryNext(out _));

        host.Clock.Advance(TimeSpan.FromSeconds(1));
        AlarmNotification notification = await host.Notes.NextAsync();
        Assert.Equal((AlarmState.Alarm, AlarmState.Ok), (notification.OldState, notification.NewState));
    }

    [Fact]
    public async Task A_mute_rule_holds_back_actions_until_its_end()
    {
        await using AlarmHost host = new(m => m
            .AddAlarm("orders", a => AlarmHost.Orders()(a))
            .AddMuteRule(new AlarmMuteRule
            {
                Name = "night",
                Expression = "at(2026-03-01T10:00)",
                Duration = "PT5M",
                AlarmNames = ["orders"],
            })
            .AddNotificationHandler<NotingHandler>());
        Assert.Equal(AlarmMuteRuleStatus.Active, Assert.Single(host.Alarms.ListAlarmMuteRules()).Status);
        for (int i = 0; i < 4; i++)
        {
            host.Minute(80);
        }

        Assert.False(host.Notes.TryNext(out _));
        host.Minute(80);
        AlarmNotification notification = await host.Notes.NextAsync();
        Assert.Contains("\"ActionExecutedAfterMuteWindow\":true", notification.Message, StringComparison.Ordinal);
        Assert.Equal(AlarmMuteRuleStatus.Expired, Assert.Single(host.Alarms.ListAlarmMuteRules()).Status);
    }

    [Fact]
    public async Task Disabled_actions_do_not_run_and_do_not_run_later_either()
    {
        await using AlarmHost host = new(m => m
            .AddAlarm("orders", a => AlarmHost.Orders()(a)).AddNotificationHandler<NotingHandler>());
        host.Alarms.DisableAlarmActions("orders", "missing");
        host.Minute(80);
        Assert.Equal(AlarmState.Alarm, host.StateOf("orders"));
        host.Alarms.EnableAlarmActions("orders");
        host.Minute(80);
        Assert.False(host.Notes.TryNext(out _));

        host.Minute(10);
        host.Minute(80);
        _ = await host.Notes.NextAsync();
        Assert.Equal(2, host.History("orders").Count(text => text == "Alarm \"orders\" updated"));
    }

    [Fact]
    public async Task A_handler_that_throws_costs_itself_only_and_is_said_and_written_into_the_history()
    {
        await using AlarmHost host = new(m => m
            .AddAlarm("orders", a => AlarmHost.Orders()(a))
            .AddNotificationHandler<ThrowingHandler>().AddNotificationHandler<NotingHandler>());
        host.Minute(80);
        _ = await host.Notes.NextAsync();
        await UntilAsync(() => host.History("orders", "Action").Length > 0);

        Assert.Contains(host.Log.Of("NotificationFailed"), line => line.Contains("to ThrowingHandler failed: InvalidOperationException: no",
            StringComparison.Ordinal));
        Assert.Equal(["Failed to execute action arn:aws:sns:us-east-1:000000000000:ops"], host.History("orders", "Action"));
    }

    [Fact]
    public async Task A_handler_that_hangs_holds_up_neither_the_others_nor_the_end()
    {
        AlarmHost host = new(
            m => m.AddAlarm("orders", a => AlarmHost.Orders()(a))
                .AddNotificationHandler<HangingHandler>().AddNotificationHandler<NotingHandler>(),
            configure: services => services.AddSingleton<Hang>());
        Hang hang = (Hang)host.Services.GetService(typeof(Hang))!;
        host.Minute(80);
        _ = await host.Notes.NextAsync();
        await hang.Reached.WaitAsync(TimeSpan.FromSeconds(30));
        host.Clock.Advance(TimeSpan.FromSeconds(31));
        await UntilAsync(() => host.Log.Of("NotificationFailed").Any());
        host.Minute(10);
        host.Minute(80);
        _ = await host.Notes.NextAsync();

        await host.DisposeAsync();
        Assert.Contains(host.Log.Of("NotificationFailed"), line => line.Contains("did not end within 00:00:30", StringComparison.Ordinal));
        hang.End();
    }

    [Fact]
    public async Task A_test_notification_says_that_it_is_one_and_changes_nothing()
    {
        await using AlarmHost host = new(m => m.AddAlarm("orders", a => AlarmHost.Orders()(a)).AddNotificationHandler<NotingHandler>());
        host.Minute(10);
        string id = Assert.Single(host.Alarms.Fire("orders"));
        AlarmNotification test = await host.Notes.NextAsync();

        Assert.Equal((id, true, "TEST: \"orders\" in US East (N. Virginia)"), (test.Id, test.IsTest, test.Subject));
        Assert.Contains("This is a test", test.NewStateReason, StringComparison.Ordinal);
        Assert.Equal(AlarmState.Ok, host.StateOf("orders"));
        Assert.Empty(host.History("orders", "Action"));
    }

    private static (AlarmState, string?, string?) Suppression(AlarmHost host)
    {
        CompositeAlarm shop = host.Composite("shop");
        return (shop.StateValue, shop.ActionsSuppressedBy, shop.ActionsSuppressedReason);
    }

    private static void Set(AlarmHost host, string alarm, string state) => host.Alarms.SetAlarmState(
        new SetAlarmStateRequest { AlarmName = alarm, StateValue = state, StateReason = "by hand" });

    private static async Task UntilAsync(Func<bool> condition)
    {
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(30));
        while (!condition())
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    internal sealed class ThrowingHandler : INotificationHandler
    {
        public Task HandleAsync(AlarmNotification notification, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("no");
    }

    internal sealed class Hang
    {
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal Task Reached => _reached.Task;

        internal void End() => _end.TrySetResult();

        internal Task WaitAsync()
        {
            _ = _reached.TrySetResult();
            return _end.Task;
        }
    }

    internal sealed class HangingHandler(Hang hang) : INotificationHandler
    {
        public Task HandleAsync(AlarmNotification notification, CancellationToken cancellationToken) => hang.WaitAsync();
    }

    private sealed class ThrowingLoggers : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) =>
            categoryName == Monitoring.Alarms.Log.Category ? this : Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            throw new InvalidOperationException("The provider is broken.");

        public void Dispose()
        {
        }
    }
}
