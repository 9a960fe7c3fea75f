using Microsoft.Extensions.Configuration;

namespace CloudObserve.Monitoring.Tests.Hosting;

/// <summary>Attacks running alarms from several threads: each change of a state is in the history once, and in order.</summary>
public sealed class AlarmConcurrencyTests
{
    private static readonly TimeSpan HistoryKept = TimeSpan.FromDays(29);

    [Fact]
    public async Task States_set_by_hand_while_alarms_are_evaluated_leave_a_history_without_gaps()
    {
        await using AlarmHost host = new(m => m
            .AddAlarm("orders", a => AlarmHost.Orders()(a.WhenMissing(MissingData.NotBreaching)))
            .AddCompositeAlarm("all", "ALARM(orders)")
            .Configure(options => options.MaxHistoryBytes = 512L * 1024 * 1024));
        _ = host.Alarms;
        host.Clock.Advance(TimeSpan.Zero);
        using CancellationTokenSource end = new();
        Task[] attackers =
        [
            .. Enumerable.Range(0, 4).Select(thread => Task.Run(() =>
            {
                for (int i = 0; i < 1_000; i++)
                {
                    host.Alarms.SetAlarmState(new SetAlarmStateRequest
                    {
                        AlarmName = "orders", StateValue = (i + thread) % 2 == 0 ? "ALARM" : "INSUFFICIENT_DATA", StateReason = "attack",
                    });
                }
            })),
        ];
        Task attack = Task.WhenAll(attackers);
        DateTimeOffset last = AlarmHost.Start + HistoryKept;
        while (!attack.IsCompleted)
        {
            // Entries that are older than 30 days are dropped, and a fast machine would get there during the attack.
            if (host.Clock.GetUtcNow() < last)
            {
                host.Clock.Advance(TimeSpan.FromMinutes(1));
            }

            await Task.Yield();
        }

        await attack;
        foreach (string alarm in new[] { "orders", "all" })
        {
            AssertChain(alarm, [.. AllOf(host, alarm)]);
        }

        // The composite alarm follows the last change, whoever made it.
        Assert.Equal(host.StateOf("orders") == AlarmState.Alarm, host.StateOf("all") == AlarmState.Alarm);
    }

    [Fact]
    public async Task Definitions_that_change_while_alarms_are_evaluated_are_followed_to_the_last()
    {
        IConfigurationRoot configuration = AlarmHost.Configured(
            ("Alarms:orders:Namespace", "Shop"), ("Alarms:orders:MetricName", "Orders"), ("Alarms:orders:Statistic", "Sum"),
            ("Alarms:orders:Period", "60"), ("Alarms:orders:EvaluationPeriods", "1"), ("Alarms:orders:Threshold", "0"),
            ("Alarms:orders:ComparisonOperator", "GreaterThanThreshold"));
        await using AlarmHost host = new(configuration: configuration);
        _ = host.Alarms;
        Task attack = Task.Run(() =>
        {
            for (int i = 1; i <= 1_000; i++)
            {
                configuration["CloudObserve:Monitoring:Alarms:orders:Threshold"] = $"{i}";
                configuration["CloudObserve:Monitoring:Alarms:other:AlarmRule"] = i % 2 == 0 ? "ALARM(orders)" : "nonsense";
                configuration.Reload();
            }
        });
        DateTimeOffset last = AlarmHost.Start + HistoryKept;
        while (!attack.IsCompleted)
        {
            if (host.Clock.GetUtcNow() < last)
            {
                host.Minute(500);
            }

            await Task.Yield();
        }

        await attack;
        Assert.Equal(1_000, host.Metric("orders")!.Definition.Threshold);
        host.Minute(2_000);
        Assert.Equal(AlarmState.Alarm, host.StateOf("other"));
        AssertChain("orders", [.. AllOf(host, "orders")]);
        Assert.Empty(host.Log.Of("AlarmRoundFailed"));
    }

    private static IEnumerable<string> AllOf(AlarmHost host, string alarm)
    {
        string? token = null;
        do
        {
            DescribeAlarmHistoryResponse page = host.Alarms.DescribeAlarmHistory(new DescribeAlarmHistoryRequest
            {
                AlarmName = alarm,
                HistoryItemType = "StateUpdate",
                ScanBy = "TimestampAscending",
                NextToken = token,
            });
            foreach (AlarmHistoryItem item in page.AlarmHistoryItems)
            {
                yield return item.HistorySummary;
            }

            token = page.NextToken;
        }
        while (token is not null);
    }

    private static void AssertChain(string alarm, string[] changes)
    {
        string state = "INSUFFICIENT_DATA";
        foreach (string change in changes)
        {
            string[] words = change.Split(' ');
            Assert.Equal((alarm, state), (alarm, words[3]));
            Assert.NotEqual(words[3], words[5]);
            state = words[5];
        }
    }
}
