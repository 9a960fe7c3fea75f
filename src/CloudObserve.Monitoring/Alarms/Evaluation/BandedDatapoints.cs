using CloudObserve.Local;
using CloudObserve.Monitoring.Expressions;
using CloudObserve.Monitoring.Expressions.Functions;

namespace CloudObserve.Monitoring.Alarms.Evaluation;

/// <summary>Gives past datapoints the band that an anomaly detector expected before each of them came.</summary>
internal static class BandedDatapoints
{
    // CloudWatch's default.
    private const double DefaultFactor = 2;

    /// <summary>Adds the band to datapoints. Those that came before the detector was trained have none.</summary>
    /// <exception cref="ArgumentException">The band is not one of the series that the alarm watches.</exception>
    internal static IReadOnlyCollection<AlarmDatapoint> Of(AlarmPlan plan, IReadOnlyCollection<AlarmDatapoint> datapoints)
    {
        if (datapoints.Any(static datapoint => datapoint.LowerThreshold is not null || datapoint.UpperThreshold is not null))
        {
            return datapoints;
        }

        double factor = FactorOf(plan.Definition);
        AnomalyDetector detector = new();
        List<AlarmDatapoint> banded = new(datapoints.Count);
        foreach (AlarmDatapoint datapoint in datapoints.Where(static d => d.Value is not null).OrderBy(static d => d.Time))
        {
            AnomalyObservation observation = detector.Observe(datapoint.Time, datapoint.Value!.Value);
            bool isTrained = observation.State != AnomalyDetectorState.PendingTraining;
            banded.Add(datapoint with
            {
                LowerThreshold = isTrained ? observation.Band.Lower(factor) : null,
                UpperThreshold = isTrained ? observation.Band.Upper(factor) : null,
            });
        }

        return banded;
    }

    // The definition is valid, so the expression can be compiled.
    private static double FactorOf(AlarmDefinition definition)
    {
        MetricDataQuery band = definition.Metrics.First(query => query.Id == definition.ThresholdMetricId);
        MathProgram program = MathProgram.Compile(band.Expression ?? "");
        return program.Instructions switch
        {
            [{ Operation: MathOperation.Reference } series, { Function: { } function }]
                when IsBand(function, program, series, definition) => DefaultFactor,
            [{ Operation: MathOperation.Reference } series, { Operation: MathOperation.Number } factor, { Function: { } function }]
                when IsBand(function, program, series, definition) => factor.Number,
            _ => throw new ArgumentException(
                $"The expression of '{band.Id}' must be {SourceFunctions.Band.Name} of the series that the alarm watches.",
                nameof(definition)),
        };
    }

    private static bool IsBand(MathFunction function, MathProgram program, MathInstruction series, AlarmDefinition definition) =>
        function == SourceFunctions.Band && program.References[series.Reference] == AlarmPeriods.Watched(definition)?.Id;
}
