using CloudObserve.Local;
using CloudObserve.Monitoring.Alarms.Definitions;
using CloudObserve.Monitoring.Expressions.Functions;

namespace CloudObserve.Monitoring.Alarms.Evaluation;

/// <summary>Gives past datapoints the band that an anomaly detector expected before each of them came.</summary>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class BandedDatapoints
{
    private readonly double _factor;
    private readonly AnomalyDetector _detector = new();

    private BandedDatapoints(double factor) => _factor = factor;

    /// <summary>Returns the width of the band that datapoints need.</summary>
    /// <returns><see langword="null"/> if the alarm is on no band, or if the datapoints have theirs already.</returns>
    /// <exception cref="ArgumentException">The band is not one of the series that the alarm watches.</exception>
    internal static double? FactorOf(AlarmPlan plan, IEnumerable<AlarmDatapoint> datapoints)
    {
        if (!plan.IsBand
            || datapoints.Any(static datapoint => datapoint.LowerThreshold is not null || datapoint.UpperThreshold is not null))
        {
            return null;
        }

        // The definition is valid, so the expression can be compiled.
        AlarmDefinition definition = plan.Definition;
        MetricDataQuery band = definition.Metrics.First(query => query.Id == definition.ThresholdMetricId);
        return BandExpression.TryRead(band, out string series, out double factor) && series == AlarmPeriods.Watched(definition)?.Id
            ? factor
            : throw new ArgumentException(
                $"The expression of '{band.Id}' must be {SourceFunctions.Band.Name} of the series that the alarm watches.");
    }

    /// <summary>Creates the bands of a factor; <see langword="null"/> if there is none.</summary>
    internal static BandedDatapoints? Of(double? factor) => factor is { } width ? new BandedDatapoints(width) : null;

    /// <summary>Adds the band to a datapoint, and learns from it. Those that come before the detector is trained have none.</summary>
    /// <param name="datapoint">A datapoint that is later than those before.</param>
    internal AlarmDatapoint Add(AlarmDatapoint datapoint)
    {
        if (datapoint.Value is not { } value)
        {
            return datapoint;
        }

        AnomalyObservation observation = _detector.Observe(datapoint.Time, value);
        bool isTrained = observation.State != AnomalyDetectorState.PendingTraining;
        return datapoint with
        {
            LowerThreshold = isTrained ? observation.Band.Lower(_factor) : null,
            UpperThreshold = isTrained ? observation.Band.Upper(_factor) : null,
        };
    }
}
