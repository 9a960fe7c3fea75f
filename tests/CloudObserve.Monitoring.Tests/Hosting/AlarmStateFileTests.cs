using System.Text;
using CloudObserve.Monitoring.Alarms.Storage;

namespace CloudObserve.Monitoring.Tests.Hosting;

/// <summary>States and histories that survive the end of the process.</summary>
public sealed class AlarmStateFileTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("alarms").FullName;

    private string FilePath => Path.Combine(_directory, "alarms", StateFile.FileName);

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task A_restart_keeps_states_and_histories_and_tells_nobody_again()
    {
        DateTimeOffset since;
        await using (AlarmHost first = New(AlarmHost.Start))
        {
            await first.BeginAsync();
            first.Minute(80);
            since = first.Metric("orders")!.StateTransitionedTimestamp;
            _ = await first.Notes.NextAsync();
            first.Alarms.DisableAlarmActions("orders");
        }

        await using AlarmHost second = New(AlarmHost.Start.AddMinutes(1));
        await second.BeginAsync();

        MetricAlarm alarm = second.Metric("orders")!;
        Assert.Equal((AlarmState.Alarm, since, false),
            (alarm.StateValue, alarm.StateTransitionedTimestamp, alarm.Definition.ActionsEnabled));
        Assert.StartsWith("Threshold Crossed: 1 datapoint [80.0", alarm.StateReason, StringComparison.Ordinal);
        Assert.Equal(AlarmState.Alarm, second.StateOf("all"));
        Assert.False(second.Notes.TryNext(out _));
        Assert.Single(second.History("orders"), "Alarm \"orders\" created");
        Assert.Contains("Alarm updated from INSUFFICIENT_DATA to ALARM", second.History("orders"));
    }

    [Fact]
    public async Task A_definition_that_changed_meanwhile_is_an_update_and_one_that_is_gone_a_deletion()
    {
        await using (AlarmHost first = New(AlarmHost.Start))
        {
            await first.BeginAsync();
        }

        await using AlarmHost second = new(m => m.AddAlarm("orders", a => AlarmHost.Orders(70)(a)), directory: _directory);
        await second.BeginAsync();

        Assert.Contains("Alarm \"orders\" updated", second.History("orders"));
        Assert.Contains("Alarm \"all\" deleted", second.History("all"));
    }

    [Fact]
    public async Task An_incomplete_last_line_is_cut_off()
    {
        await using (AlarmHost first = New(AlarmHost.Start))
        {
            await first.BeginAsync();
            first.Minute(80);
            _ = await first.Notes.NextAsync();
        }

        await File.AppendAllTextAsync(FilePath, "12345678 {\"alarms\":[{\"na");
        await using AlarmHost second = New(AlarmHost.Start.AddMinutes(1));
        await second.BeginAsync();

        Assert.Equal(AlarmState.Alarm, second.StateOf("orders"));
        Assert.Empty(second.Log.Of("AlarmStateNotUsable"));
    }

    [Fact]
    public async Task A_damaged_line_is_set_aside_and_said_and_the_rest_is_read()
    {
        await using (AlarmHost first = New(AlarmHost.Start))
        {
            await first.BeginAsync();
            first.Minute(80);
            _ = await first.Notes.NextAsync();
        }

        string[] lines = await File.ReadAllLinesAsync(FilePath);
        Assert.True(lines.Length > 1);
        await File.WriteAllLinesAsync(FilePath, ["00000000 {}", .. lines], new UTF8Encoding(false));
        await using AlarmHost second = New(AlarmHost.Start.AddMinutes(1));
        await second.BeginAsync();

        Assert.Equal(AlarmState.Alarm, second.StateOf("orders"));
        Assert.Contains(second.Log.Of("AlarmStateNotUsable"), line => line.Contains("the first one is line 1", StringComparison.Ordinal));
        Assert.True(File.Exists(Path.Combine(_directory, "alarms", StateFile.DamagedName)));
        Assert.Single(await File.ReadAllLinesAsync(FilePath));
    }

    [Fact]
    public async Task A_directory_has_one_owner_and_the_other_one_says_that_it_stores_nothing()
    {
        await using AlarmHost first = New(AlarmHost.Start);
        await first.BeginAsync();
        await using AlarmHost second = New(AlarmHost.Start);
        await second.BeginAsync();

        Assert.Contains(second.Log.Of("AlarmStateNotUsable"), line => line.Contains("Another process uses", StringComparison.Ordinal));
        second.Minute(80);
        Assert.Equal(AlarmState.Alarm, second.StateOf("orders"));
    }

    [Fact]
    public async Task The_file_does_not_grow_with_the_number_of_changes()
    {
        await using AlarmHost host = New(AlarmHost.Start, maxHistoryBytes: 64 * 1024);
        await host.BeginAsync();
        for (int i = 0; i < 3_000; i++)
        {
            host.Alarms.SetAlarmState(new SetAlarmStateRequest
            {
                AlarmName = "orders",
                StateValue = i % 2 == 0 ? "OK" : "INSUFFICIENT_DATA",
                StateReason = new string('r', 500),
            });
        }

        Assert.InRange(new FileInfo(FilePath).Length, 1, 2 * 1024 * 1024);
    }

    [Fact]
    public async Task A_notification_that_was_not_handled_to_the_end_is_sent_by_the_next_process_with_the_same_id()
    {
        string id;
        await using (AlarmHost first = New(AlarmHost.Start, handles: false))
        {
            await first.BeginAsync();
            first.Minute(80);
            id = (await first.Notes.NextAsync()).Id;
        }

        await using AlarmHost second = New(AlarmHost.Start.AddMinutes(1));
        await second.BeginAsync();
        AlarmNotification again = await second.Notes.NextAsync();

        Assert.Equal((id, "orders"), (again.Id, again.AlarmName));
    }

    private AlarmHost New(DateTimeOffset start, long maxHistoryBytes = 1024 * 1024, bool handles = true) => new(
        m =>
        {
            _ = m.AddAlarm("orders", a => AlarmHost.Orders()(a)).AddCompositeAlarm("all", "ALARM(orders)")
                .Configure(options => options.MaxHistoryBytes = maxHistoryBytes);
            _ = handles ? m.AddNotificationHandler<NotingHandler>() : m.AddNotificationHandler<EndlessHandler>();
        },
        directory: _directory,
        start: start);

    internal sealed class EndlessHandler(Notes notes) : INotificationHandler
    {
        public Task HandleAsync(AlarmNotification notification, CancellationToken cancellationToken)
        {
            notes.Add(notification);
            return Task.Delay(Timeout.Infinite, cancellationToken);
        }
    }
}
