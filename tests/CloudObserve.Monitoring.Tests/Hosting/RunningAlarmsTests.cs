using System.Text.Json.Nodes;

namespace CloudObserve.Monitoring.Tests.Hosting;

/// <summary>Alarms in a host: states, reasons, notifications and histories.</summary>
public sealed class RunningAlarmsTests
{
    [Fact]
    public async Task An_evaluation_without_changes_allocates_nothing_for_an_alarm()
    {
        const int Alarms = 100;
        await using AlarmHost host = new(m =>
        {
            for (int i = 0; i < Alarms; i++)
            {
                _ = m.AddAlarm($"alarm-{i}", a => a.Metric("Shop", "Orders").Statistic("Sum").GreaterThan(1_000 + i).For(2, outOf: 3));
            }
        });
        for (int minute = 0; minute < 10; minute++)
        {
            host.Minute(80);
        }

        long[] rounds = new long[5];
        for (int round = 0; round < rounds.Length; round++)
        {
            host.Put("Orders", 80);
            long before = GC.GetAllocatedBytesForCurrentThread();
            host.Clock.Advance(TimeSpan.FromMinutes(1));
            rounds[round] = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.All(rounds, bytes => Assert.InRange(bytes, 0, 4_000));
    }

    [Fact]
    public async Task An_alarm_is_raised_and_ends_with_CloudWatchs_reasons_and_its_topic_is_told()
    {
        await using AlarmHost host = new(m => m
            .AddAlarm("orders", a => AlarmHost.Orders()(a))
            .AddNotificationHandler<NotingHandler>());

        Assert.Equal(AlarmState.InsufficientData, host.StateOf("orders"));
        host.Minute(10);
        Assert.Equal(AlarmState.Ok, host.StateOf("orders"));
        host.Minute(80);
        MetricAlarm raised = host.Metric("orders")!;
        AlarmNotification notification = await host.Notes.NextAsync();
        host.Minute(20);

        Assert.Equal(
            (AlarmState.Alarm, "Threshold Crossed: 1 datapoint [80.0 (01/03/26 10:01:00)] was greater than the threshold (50.0)."),
            (raised.StateValue, raised.StateReason));
        Assert.Equal(1, JsonNode.Parse(raised.StateReasonData!)!["evaluatedDatapoints"]![0]!["sampleCount"]!.GetValue<double>());
        Assert.Equal(
            ("ops", "ALARM: \"orders\" in US East (N. Virginia)", AlarmState.Ok, AlarmState.Alarm),
            (notification.Topic, notification.Subject, notification.OldState, notification.NewState));
        Assert.Equal(AlarmState.Ok, host.StateOf("orders"));
        Assert.Equal(
            [
                "Alarm \"orders\" created", "Alarm updated from INSUFFICIENT_DATA to OK", "Alarm updated from OK to ALARM",
                "Alarm updated from ALARM to OK",
            ],
            host.History("orders").Where(text => !text.Contains("action", StringComparison.Ordinal)));
        Assert.StartsWith("Alarm orders is in ALARM: Threshold", Assert.Single(host.Log.Of("AlarmRaised")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_message_to_a_topic_is_the_one_of_CloudWatch()
    {
        await using AlarmHost host = new(m => m
            .AddAlarm("cart", a => a.Metric("Shop", "Latency", ("Service", "cart")).Statistic("Average").GreaterThan(50)
                .For(2, outOf: 3).WhenMissing(MissingData.Breaching).Notify("ops"))
            .AddNotificationHandler<NotingHandler>());
        host.Minute(null);
        AlarmNotification notification = await host.Notes.NextAsync();

        Assert.Equal(
            """{"AlarmName":"cart","AlarmDescription":null,"AWSAccountId":"000000000000","AlarmConfigurationUpdatedTimestamp":"2026-03-01T10:00:10.000+0000","NewStateValue":"ALARM","NewStateReason":"Threshold Crossed: no datapoints were received for 3 periods and 3 missing datapoints were treated as [Breaching].","StateChangeTime":"2026-03-01T10:00:10.000+0000","ActionExecutedAfterMuteWindow":false,"Region":"US East (N. Virginia)","AlarmArn":"arn:aws:cloudwatch:us-east-1:000000000000:alarm:cart","OldStateValue":"INSUFFICIENT_DATA","OKActions":[],"AlarmActions":["arn:aws:sns:us-east-1:000000000000:ops"],"InsufficientDataActions":[],"Trigger":{"MetricName":"Latency","Namespace":"Shop","StatisticType":"Statistic","Statistic":"AVERAGE","Unit":null,"Dimensions":[{"name":"Service","value":"cart"}],"Period":60,"EvaluationPeriods":3,"DatapointsToAlarm":2,"ComparisonOperator":"GreaterThanThreshold","Threshold":50.0,"TreatMissingData":"breaching","EvaluateLowSampleCountPercentile":""}}""",
            notification.Message);
    }

    [Fact]
    public async Task A_composite_alarm_follows_its_alarms_and_names_the_one_that_decided()
    {
        await using AlarmHost host = new(m => m
            .AddAlarm("a", a => a.Metric("Shop", "A").Statistic("Sum").GreaterThan(5))
            .AddAlarm("b", a => a.Metric("Shop", "B").Statistic("Sum").GreaterThan(5))
            .AddCompositeAlarm("both", "ALARM(a) AND ALARM(b)", c => c.Notify("ops"))
            .AddCompositeAlarm("outer", "ALARM(both)")
            .AddNotificationHandler<NotingHandler>());
        _ = host.Alarms;
        Assert.Equal(
            "arn:aws:cloudwatch:us-east-1:000000000000:alarm:both was created and its alarm rule evaluates to OK",
            host.Composite("both").StateReason);

        host.Put("A", 9);
        host.Put("B", 9);
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        CompositeAlarm both = host.Composite("both");

        Assert.Equal(AlarmState.Alarm, both.StateValue);
        Assert.Equal(
            "arn:aws:cloudwatch:us-east-1:000000000000:alarm:b transitioned to ALARM at Sunday 01 March, 2026 10:01:10 UTC",
            both.StateReason);
        Assert.Equal(
            """{"triggeringAlarms":[{"arn":"arn:aws:cloudwatch:us-east-1:000000000000:alarm:b","state":{"value":"ALARM","timestamp":"2026-03-01T10:01:10.000+0000"}}]}""",
            both.StateReasonData);
        Assert.Equal(AlarmState.Alarm, host.StateOf("outer"));
        AlarmNotification notification = await host.Notes.NextAsync();
        Assert.Equal(
            """[{"Arn":"arn:aws:cloudwatch:us-east-1:000000000000:alarm:b","State":{"Value":"ALARM","Timestamp":"2026-03-01T10:01:10.000+0000"}}]""",
            notification.Message[(notification.Message.IndexOf("TriggeringChildren", StringComparison.Ordinal) + 20)..^1]);
    }

    [Fact]
    public async Task Without_alarms_there_is_no_timer()
    {
        await using AlarmHost host = new();
        int before = host.Clock.ActiveTimers;

        _ = host.Alarms;

        Assert.Equal(before, host.Clock.ActiveTimers);
    }

    [Fact]
    public async Task Periods_of_ten_seconds_are_evaluated_every_ten_seconds_and_those_of_five_minutes_slide()
    {
        await using AlarmHost host = new(m => m
            .AddAlarm("fast", a => a.Metric("Shop", "Orders").Statistic("Sum").Every(TimeSpan.FromSeconds(10)).GreaterThan(50))
            .AddAlarm("slow", a => a.Metric("Shop", "Orders").Statistic("Sum").Every(TimeSpan.FromMinutes(5)).GreaterThan(50)));
        _ = host.Alarms;
        host.Put("Orders", 80);

        host.Clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal((AlarmState.Alarm, AlarmState.InsufficientData), (host.StateOf("fast"), host.StateOf("slow")));

        // The sample is in the minute that ends at 10:01, and so in the five minutes that end then.
        host.Clock.Advance(TimeSpan.FromSeconds(40));
        Assert.Equal(AlarmState.Alarm, host.StateOf("slow"));
    }

    [Fact]
    public async Task A_day_of_minutes_and_more_is_evaluated_every_hour()
    {
        await using AlarmHost host = new(
            m => m.AddAlarm("days", a => a.Metric("Shop", "Orders").Statistic("Sum").Every(TimeSpan.FromHours(1)).GreaterThan(50).For(30)
                .WhenMissing(MissingData.NotBreaching)),
            start: AlarmHost.Start.AddMinutes(30));
        _ = host.Alarms;
        host.Clock.Advance(TimeSpan.Zero);

        DateTimeOffset first = host.Metric("days")!.StateTransitionedTimestamp;
        host.Alarms.SetAlarmState(new SetAlarmStateRequest { AlarmName = "days", StateValue = "ALARM", StateReason = "by hand" });
        host.Clock.Advance(TimeSpan.FromMinutes(29));
        Assert.Equal(AlarmState.Alarm, host.StateOf("days"));
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(AlarmState.Ok, host.StateOf("days"));
        Assert.True(first < host.Metric("days")!.StateTransitionedTimestamp);
    }

    [Fact]
    public async Task An_alarm_on_metric_math_with_a_minimum_of_samples_waits_for_them()
    {
        await using AlarmHost host = new(m => m.AddAlarm("failures", a => a
            .Query("failed", "Shop", "Failed", "Sum").Query("all", "Shop", "Payments", "Sum").Expression("100 * FILL(failed, 0) / all")
            .GreaterThan(10).MinimumSampleCount(3)));
        host.Minute(null);
        host.Put("Failed", 1);
        host.Minute(1, "Payments");
        Assert.Equal(AlarmState.InsufficientData, host.StateOf("failures"));

        host.Put("Payments", 1);
        host.Put("Payments", 1);
        host.Put("Failed", 1);
        host.Minute(1, "Payments");
        Assert.Equal(AlarmState.Alarm, host.StateOf("failures"));
    }

    [Fact]
    public async Task An_alarm_over_several_time_series_has_a_state_for_each_and_forgets_those_that_vanish()
    {
        await using AlarmHost host = new(m => m.AddAlarm("each", a => a
            .Expression("SELECT SUM(Errors) FROM \"Shop\" GROUP BY Service").GreaterThan(5).WhenMissing(MissingData.NotBreaching)));
        _ = host.Alarms;
        host.Put("Errors", 9, "None", ("Service", "cart"));
        host.Put("Errors", 1, "None", ("Service", "search"));
        host.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal((AlarmState.Alarm, "1 out of 2 time series evaluated to ALARM"),
            (host.Metric("each")!.StateValue, host.Metric("each")!.StateReason));
        AlarmContributor cart = Assert.Single(host.Alarms.DescribeAlarmContributors("each"));
        Assert.Equal(("cart", AlarmState.Alarm), (cart.ContributorId, cart.StateValue));

        host.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(AlarmState.Ok, host.StateOf("each"));
    }

    [Fact]
    public async Task A_band_raises_the_alarm_outside_of_what_was_learned()
    {
        await using AlarmHost host = new(
            m => m.AddAlarm("odd", a => a.Metric("Shop", "Orders").Statistic("Sum").OutsideBand(3)), start: AlarmHost.Start);
        for (int i = 0; i < 240; i++)
        {
            host.Minute(100 + (i % 5));
        }

        Assert.Equal(AlarmState.Ok, host.StateOf("odd"));
        host.Minute(900);
        Assert.Equal(AlarmState.Alarm, host.StateOf("odd"));
        Assert.StartsWith("Thresholds Crossed:", host.Metric("odd")!.StateReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_definition_that_the_data_does_not_allow_is_a_state_with_a_reason_and_is_said_once()
    {
        await using AlarmHost host = new(m => m.AddAlarm("math", a => a
            .Query("m", "Shop", "Orders", "Sum").Expression("ANOMALY_DETECTION_BAND(m, AVG(m) - AVG(m))").GreaterThan(1)));
        host.Minute(1);
        host.Minute(1);
        host.Minute(1);

        Assert.Equal(("EVALUATION_ERROR", AlarmState.InsufficientData),
            (host.Metric("math")!.EvaluationState, host.Metric("math")!.StateValue));
        Assert.Single(host.Log.Of("AlarmNotEvaluated"));
    }
}
