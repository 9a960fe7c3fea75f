using BenchmarkDotNet.Attributes;
using CloudObserve.Monitoring;

namespace CloudObserve.Benchmarks.Alarms;

/// <summary>Measures a backtest of a million minutes.</summary>
/// <remarks>Target: the time does not grow with the number of evaluation periods, and memory stays below 128 bytes a row.</remarks>
[MemoryDiagnoser]
public class BacktestBenchmarks
{
    private const int Rows = 1_000_000;

    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private AlarmDatapoint[] _datapoints = [];
    private AlarmDefinition _alarm = new();

    /// <summary>Gets or sets the number of evaluation periods (N).</summary>
    [Params(3, 1440)]
    public int EvaluationPeriods { get; set; }

    /// <summary>Gets or sets a value indicating whether the alarm is on an anomaly detection band.</summary>
    [Params(false, true)]
    public bool OnBand { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _datapoints = [
            .. Enumerable.Range(0, Rows).Select(static i =>
                new AlarmDatapoint(Start.AddMinutes(i), 100 + (50 * Math.Sin(i * Math.PI / 720)) + (i * 7919L % 13)))];
        _alarm = AlarmDefinition.Parse(OnBand
            ? """
              {"AlarmName":"band","ComparisonOperator":"GreaterThanUpperThreshold","ThresholdMetricId":"ad","Metrics":[
              {"Id":"m1","MetricStat":{"Metric":{"Namespace":"Shop","MetricName":"Orders"},"Period":60,"Stat":"Sum"}},
              {"Id":"ad","Expression":"ANOMALY_DETECTION_BAND(m1, 3)"}]}
              """
            : """
              {"AlarmName":"orders","Namespace":"Shop","MetricName":"Orders","Statistic":"Sum","Period":60,"Threshold":150,
              "ComparisonOperator":"GreaterThanThreshold"}
              """) with
        { EvaluationPeriods = EvaluationPeriods };
    }

    [Benchmark(OperationsPerInvoke = Rows)]
    public int Backtest() => AlarmBacktest.Run(_alarm, _datapoints, Start.AddMinutes(1), Start.AddMinutes(Rows)).Count;
}
