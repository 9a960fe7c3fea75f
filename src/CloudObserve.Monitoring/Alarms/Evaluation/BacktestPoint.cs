namespace CloudObserve.Monitoring.Alarms.Evaluation;

/// <summary>Represents a past datapoint in half the memory. A number that the datapoint does not have is NaN.</summary>
/// <param name="Period">The index of the period.</param>
/// <param name="Value">The value.</param>
/// <param name="SampleCount">The number of samples.</param>
/// <param name="Lower">The lower edge of the band.</param>
/// <param name="Upper">The upper edge of the band.</param>
internal readonly record struct BacktestPoint(long Period, double Value, double SampleCount, double Lower, double Upper)
{
    internal static BacktestPoint Of(long period, in AlarmDatapoint datapoint) => new(
        period,
        datapoint.Value ?? double.NaN,
        datapoint.SampleCount ?? double.NaN,
        datapoint.LowerThreshold ?? double.NaN,
        datapoint.UpperThreshold ?? double.NaN);

    internal AlarmDatapoint At(DateTimeOffset time) => new(time, NumberOrNull(Value))
    {
        SampleCount = NumberOrNull(SampleCount),
        LowerThreshold = NumberOrNull(Lower),
        UpperThreshold = NumberOrNull(Upper),
    };

    private static double? NumberOrNull(double number) => double.IsNaN(number) ? null : number;
}
