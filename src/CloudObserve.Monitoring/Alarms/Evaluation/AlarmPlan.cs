using System.Globalization;
using CloudObserve.Monitoring.Alarms.Definitions;

namespace CloudObserve.Monitoring.Alarms.Evaluation;

/// <summary>Holds the settings of a valid alarm in the form that evaluations use.</summary>
internal sealed class AlarmPlan
{
    // The guide says that alarms in this namespace ignore missing data unless the definition says otherwise.
    private const string IgnoringNamespace = "AWS/DynamoDB";

    // CloudWatch does not tell how many periods it reads beyond the evaluation periods. Its documented tables show 2 at 60 seconds, and
    // recordings show 6 at 10 seconds. Both are the periods of one minute, but at least 2.
    private const int MinExtraPeriods = 2;

    private static readonly TimeSpan ExtraTime = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    // A metric's samples may arrive late. CloudWatch reads a period when it has ended this long before, but waits for no expression.
    private static readonly TimeSpan MetricDelay = TimeSpan.FromSeconds(10);

    private AlarmPlan(AlarmDefinition definition, TimeSpan period)
    {
        Definition = definition;
        Period = period;
        EvaluationPeriods = definition.EvaluationPeriods!.Value;
        DatapointsToAlarm = definition.DatapointsToAlarm ?? EvaluationPeriods;
        EvaluationRange = EvaluationPeriods + Math.Max(MinExtraPeriods, (int)Math.Ceiling(ExtraTime / period));
        Comparison = Enum.Parse<ThresholdComparison>(definition.ComparisonOperator!);
        Threshold = definition.Threshold ?? double.NaN;
        Treatment = TreatmentOf(definition);
        IsMath = definition.Metrics.Count > 0;
        MinSamples = Math.Max(definition.MinimumSampleCount ?? 0, LowSampleLimit(definition));
        Cadence = period < ExtraTime ? TimeSpan.FromSeconds(10) : period * EvaluationPeriods > Day ? TimeSpan.FromHours(1) : ExtraTime;
    }

    /// <summary>Gets the definition.</summary>
    internal AlarmDefinition Definition { get; }

    /// <summary>Gets the length of a period.</summary>
    internal TimeSpan Period { get; }

    /// <summary>Gets the number of datapoints that decide (N).</summary>
    internal int EvaluationPeriods { get; }

    /// <summary>Gets the number of breaching datapoints that raise the alarm (M).</summary>
    internal int DatapointsToAlarm { get; }

    /// <summary>Gets the number of periods that an evaluation reads.</summary>
    /// <remarks>It is larger than N, so that a late or missing datapoint does not decide.</remarks>
    internal int EvaluationRange { get; }

    internal ThresholdComparison Comparison { get; }

    /// <summary>Gets the static threshold; NaN for an alarm on a band.</summary>
    internal double Threshold { get; }

    internal MissingDataTreatment Treatment { get; }

    /// <summary>Gets a value indicating whether the alarm watches the result of queries, not one plain metric.</summary>
    internal bool IsMath { get; }

    /// <summary>Gets the number of samples below which the alarm keeps its state; 0 for no limit.</summary>
    internal double MinSamples { get; }

    /// <summary>Gets the time between two evaluations.</summary>
    internal TimeSpan Cadence { get; }

    /// <summary>Gets a value indicating whether the alarm compares with a band.</summary>
    internal bool IsBand => Comparison >= ThresholdComparison.GreaterThanUpperThreshold;

    /// <summary>Gets a value indicating whether the definition names M itself. CloudWatch words the reason differently then.</summary>
    internal bool NamesDatapointsToAlarm => Definition.DatapointsToAlarm is not null;

    /// <summary>Creates the plan of a definition.</summary>
    /// <exception cref="ArgumentException">The definition is invalid.</exception>
    internal static AlarmPlan Of(AlarmDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        IReadOnlyList<string> faults = definition.Validate();
        return faults.Count == 0
            ? new AlarmPlan(definition, AlarmPeriods.Of(definition)!.Value)
            : throw new ArgumentException(string.Join(Environment.NewLine, faults), nameof(definition));
    }

    /// <summary>Returns the end of the newest period that an evaluation at a time reads.</summary>
    /// <remarks>Periods slide: they end at multiples of the cadence, not of the period.</remarks>
    internal DateTimeOffset NewestEnd(DateTimeOffset now)
    {
        long ticks = (now - (IsMath ? TimeSpan.Zero : MetricDelay)).UtcTicks;
        return new DateTimeOffset(ticks - (ticks % Cadence.Ticks), TimeSpan.Zero);
    }

    /// <summary>Returns whether a datapoint can be compared. One without the edges of the band that the alarm needs cannot.</summary>
    internal bool IsPresent(in AlarmDatapoint datapoint) => datapoint.Value is not null && Comparison switch
    {
        ThresholdComparison.GreaterThanUpperThreshold => datapoint.UpperThreshold is not null,
        ThresholdComparison.LessThanLowerThreshold => datapoint.LowerThreshold is not null,
        ThresholdComparison.LessThanLowerOrGreaterThanUpperThreshold =>
            datapoint is { LowerThreshold: not null, UpperThreshold: not null },
        _ => true,
    };

    /// <summary>Returns whether a present datapoint breaches the threshold or the band.</summary>
    internal bool IsBreaching(in AlarmDatapoint datapoint)
    {
        double value = datapoint.Value.GetValueOrDefault();
        return Comparison switch
        {
            ThresholdComparison.GreaterThanThreshold => value > Threshold,
            ThresholdComparison.GreaterThanOrEqualToThreshold => value >= Threshold,
            ThresholdComparison.LessThanThreshold => value < Threshold,
            ThresholdComparison.LessThanOrEqualToThreshold => value <= Threshold,
            ThresholdComparison.GreaterThanUpperThreshold => value > datapoint.UpperThreshold.GetValueOrDefault(),
            ThresholdComparison.LessThanLowerThreshold => value < datapoint.LowerThreshold.GetValueOrDefault(),
            _ => value < datapoint.LowerThreshold.GetValueOrDefault() || value > datapoint.UpperThreshold.GetValueOrDefault(),
        };
    }

    private static MissingDataTreatment TreatmentOf(AlarmDefinition definition) => definition.TreatMissingData switch
    {
        AlarmNames.Ignore => MissingDataTreatment.Ignore,
        AlarmNames.Breaching => MissingDataTreatment.Breaching,
        AlarmNames.NotBreaching => MissingDataTreatment.NotBreaching,
        null when definition.Namespace == IgnoringNamespace => MissingDataTreatment.Ignore,
        _ => MissingDataTreatment.Missing,
    };

    // CloudWatch's rule: 10 / (1 - p) samples from the median up, and 10 / p below it. Decimal, because 1 - 0.9 is not 0.1 in a double.
    private static double LowSampleLimit(AlarmDefinition definition)
    {
        if (definition.EvaluateLowSampleCountPercentile != AlarmNames.Ignore
            || AlarmPeriods.WatchedStatistic(definition) is not ['p', .. var digits]
            || !decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal percent))
        {
            return 0;
        }

        return percent is <= 0 or >= 100 ? 0 : (double)(percent >= 50 ? 1000 / (100 - percent) : 1000 / percent);
    }
}
