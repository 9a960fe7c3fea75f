using System.Text.Json.Nodes;
using CloudObserve.Monitoring.Alarms.History;

namespace CloudObserve.Monitoring.Tests.Alarms;

/// <summary>Entries of histories.</summary>
public sealed class AlarmHistoryTests
{
    private static readonly DateTimeOffset Time = new(2026, 11, 20, 7, 15, 21, 123, TimeSpan.Zero);
    private static readonly AlarmSnapshot Ok = new(AlarmState.Ok, "fine", """{"version":"1.0"}""", Time.AddMinutes(-5));
    private static readonly AlarmSnapshot Alarm = new(AlarmState.Alarm, "testing \"it\"", null, Time);

    [Fact]
    public void A_change_of_state_is_written_as_CloudWatch_writes_it()
    {
        AlarmHistoryItem item = AlarmHistory.StateChanged("cart-p99", Ok, Alarm);

        Assert.Equal(
            ("cart-p99", Time, "StateUpdate", "Alarm updated from OK to ALARM"),
            (item.AlarmName, item.Timestamp, item.HistoryItemType, item.HistorySummary));
        Assert.Equal(
            """{"version":"1.0","oldState":{"stateValue":"OK","stateReason":"fine","stateReasonData":{"version":"1.0"}},"newState":{"stateValue":"ALARM","stateReason":"testing \"it\""}}""",
            item.HistoryData);
    }

    [Fact]
    public void Reason_data_that_is_no_JSON_is_kept_as_a_text() => Assert.Contains(
        "\"stateReasonData\":\"{not json\"", AlarmHistory.StateChanged("a", Ok, Alarm with { ReasonData = "{not json" }).HistoryData,
        StringComparison.Ordinal);

    [Fact]
    public void A_created_alarm_is_written_with_CloudWatchs_odd_names()
    {
        AlarmHistoryItem item = AlarmHistory.Created(Record(TestAlarms.Of(3, 2, "breaching")));
        JsonNode data = JsonNode.Parse(item.HistoryData)!;

        Assert.Equal(("ConfigurationUpdate", "Alarm \"orders\" created"), (item.HistoryItemType, item.HistorySummary));
        Assert.Equal(("1.0", "Create"), (data["version"]!.GetValue<string>(), data["type"]!.GetValue<string>()));
        Assert.EndsWith(
            """
            "createdAlarm":{"alarmName":"orders","alarmArn":"arn:aws:cloudwatch:eu-west-1:111122223333:alarm:orders","alarmConfigurationUpdatedTimestamp":"2026-11-20T07:15:21.123+0000","namespace":"Shop","metricName":"Orders","extendedStatistic":"AVERAGE","period":60,"dimensions":[],"threshold":50.0,"comparisonOperator":"GreaterThanThreshold","evaluationPeriods":3,"datapointsToAlarm":2,"treatMissingData":"breaching","stateValue":"OK","stateUpdatedTimestamp":"2026-11-20T07:10:21.123+0000","actionsEnabled":true,"alarmActions":[],"insufficientDataActions":[],"okactions":[]}}
            """,
            item.HistoryData,
            StringComparison.Ordinal);
    }

    [Fact]
    public void An_update_names_the_old_values_of_what_changed()
    {
        AlarmDefinition before = TestAlarms.Of(3);

        AlarmHistoryItem item = AlarmHistory.Updated(
            Record(before), Record(before with { Threshold = 60, ActionsEnabled = false, DatapointsToAlarm = 2 }));
        JsonNode data = JsonNode.Parse(item.HistoryData)!;

        Assert.Equal("Alarm \"orders\" updated", item.HistorySummary);
        Assert.Equal("""{"threshold":50.0,"actionsEnabled":true}""", data["originalUpdatedFields"]!.ToJsonString());
        Assert.Equal("60.0", data["updatedAlarm"]!["threshold"]!.ToJsonString());
    }

    [Fact]
    public void An_alarm_on_queries_lists_them()
    {
        JsonNode data = JsonNode.Parse(AlarmHistory.Deleted(Record(TestAlarms.Band("GreaterThanUpperThreshold"))).HistoryData)!;

        Assert.Equal("m1", data["deletedAlarm"]!["metrics"]![0]!["Id"]!.GetValue<string>());
        Assert.Equal("ad1", data["deletedAlarm"]!["thresholdMetricId"]!.GetValue<string>());
    }

    [Fact]
    public void An_action_is_written_with_its_result()
    {
        Assert.Equal("Successfully executed action arn:x", AlarmHistory.ActionRan("a", Time, "arn:x", Time).HistorySummary);

        AlarmHistoryItem failed = AlarmHistory.ActionRan("a", Time, "arn:x", Time, "AuthorizationError");
        Assert.Equal("Failed to execute action arn:x", failed.HistorySummary);
        Assert.Equal("AuthorizationError", JsonNode.Parse(failed.HistoryData)!["error"]!.GetValue<string>());
    }

    private static MetricAlarmRecord Record(AlarmDefinition definition) => new(
        definition, "arn:aws:cloudwatch:eu-west-1:111122223333:alarm:orders", Time, Ok);
}
