namespace CloudObserve.Monitoring.Tests.Alarms;

/// <summary>Alarms for tests.</summary>
internal static class TestAlarms
{
    internal static AlarmDefinition Of(int evaluationPeriods, int? datapointsToAlarm = null, string? treatMissingData = null) => new()
    {
        AlarmName = "orders",
        Namespace = "Shop",
        MetricName = "Orders",
        Statistic = "Average",
        Period = TimeSpan.FromMinutes(1),
        EvaluationPeriods = evaluationPeriods,
        DatapointsToAlarm = datapointsToAlarm,
        ComparisonOperator = "GreaterThanThreshold",
        Threshold = 50,
        TreatMissingData = treatMissingData,
    };

    internal static AlarmDefinition Band(string comparison) => AlarmDefinition.Parse($$$"""
        {"AlarmName":"band","ComparisonOperator":"{{{comparison}}}","EvaluationPeriods":2,"DatapointsToAlarm":1,"ThresholdMetricId":"ad1","Metrics":[
        {"Id":"m1","MetricStat":{"Metric":{"Namespace":"Shop","MetricName":"Orders"},"Period":60,"Stat":"Sum"}},
        {"Id":"ad1","Expression":"ANOMALY_DETECTION_BAND(m1, 2)"}]}
        """);
}
