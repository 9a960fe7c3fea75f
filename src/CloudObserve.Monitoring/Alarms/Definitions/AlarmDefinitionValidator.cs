namespace CloudObserve.Monitoring.Alarms.Definitions;

/// <summary>Checks alarm definitions as PutMetricAlarm does, and words the faults as it does.</summary>
/// <remarks>
/// CloudWatch reports the violations of its API model together, and then the first other fault. All of them are reported here. Where the
/// words of CloudWatch are not known, they follow the pattern of those that are.
/// </remarks>
internal static class AlarmDefinitionValidator
{
    internal const string InvalidPeriod = "Period must be 10, 20, 30 or a multiple of 60";

    private const int MaxTags = 50;

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);
    private static readonly TimeSpan LongPeriod = TimeSpan.FromHours(1);

    internal static bool IsPeriod(TimeSpan period) =>
        period.Ticks % TimeSpan.TicksPerSecond == 0
        && ((long)period.TotalSeconds is 10 or 20 or 30 || (period > TimeSpan.Zero && period.Ticks % TimeSpan.TicksPerMinute == 0));

    internal static IReadOnlyList<string> Validate(AlarmDefinition definition, string? region)
    {
        ArgumentNullException.ThrowIfNull(definition);
        List<string> faults = [];
        if (AlarmConstraints.Check(definition) is { } violations)
        {
            faults.Add(violations);
        }

        faults.AddRange(definition.Metrics.Count > 0 ? AlarmQueryRules.Faults(definition) : MetricFaults(definition));
        faults.AddRange(ThresholdFaults(definition));
        faults.AddRange(EvaluationFaults(definition));
        faults.AddRange(TreatmentFaults(definition));
        faults.AddRange(ActionArns.Faults(definition, region));
        faults.AddRange(NameFaults(definition));
        return faults;
    }

    private static IEnumerable<string> MetricFaults(AlarmDefinition definition)
    {
        if (definition.MetricName is null)
        {
            yield return "MetricName must not be null";
            yield break;
        }

        if (definition.Namespace is null)
        {
            yield return "Namespace must not be null";
        }

        if (definition.Period is null)
        {
            yield return "Period must not be null";
        }
        else if (!IsPeriod(definition.Period.Value))
        {
            yield return InvalidPeriod;
        }

        if (definition is { Statistic: not null, ExtendedStatistic: not null })
        {
            yield return "The parameters Statistic and ExtendedStatistic are mutually exclusive and you have specified both.";
        }
        else if (definition is { Statistic: null, ExtendedStatistic: null })
        {
            yield return "At least one of the parameters Statistic and ExtendedStatistic must be specified.";
        }

        if (definition.ExtendedStatistic is { } extended && !StatisticSyntax.IsExtended(extended))
        {
            yield return $"The value {extended} for parameter ExtendedStatistic is not supported.";
        }
    }

    private static IEnumerable<string> ThresholdFaults(AlarmDefinition definition)
    {
        bool isBand = AlarmNames.BandComparisons.Contains(definition.ComparisonOperator);
        if (definition.ComparisonOperator is null)
        {
            yield return "ComparisonOperator must not be null";
        }
        else if (isBand && definition.ThresholdMetricId is null)
        {
            yield return "ComparisonOperators for ranges require ThresholdMetricId to be set";
        }
        else if (!isBand && definition.ThresholdMetricId is not null)
        {
            yield return "ThresholdMetricId requires a ComparisonOperator for ranges";
        }

        if (definition is { Threshold: not null, ThresholdMetricId: not null })
        {
            yield return "Threshold and ThresholdMetricId cannot both be set";
        }
        else if (!isBand && definition is { Threshold: null, ThresholdMetricId: null })
        {
            yield return "Threshold must not be null";
        }

        if (definition.Threshold is { } threshold && !double.IsFinite(threshold))
        {
            yield return "Threshold must be a finite number";
        }

        if (definition.ThresholdMetricId is { } id && !definition.Metrics.Any(query => query.Id == id && query.ReturnData))
        {
            yield return $"ThresholdMetricId {id} must be the Id of an element of the metrics list that returns data";
        }
    }

    private static IEnumerable<string> EvaluationFaults(AlarmDefinition definition)
    {
        if (definition.EvaluationPeriods is not { } periods)
        {
            yield return "EvaluationPeriods must not be null";
            yield break;
        }

        if (definition.DatapointsToAlarm > periods)
        {
            yield return "DatapointsToAlarm must be less than or equal to EvaluationPeriods";
        }

        // A product in double, because that of two large whole numbers does not fit.
        if (AlarmPeriods.Of(definition) is { } period && period > TimeSpan.Zero)
        {
            double seconds = period.TotalSeconds * periods;
            if (period < LongPeriod && seconds > Day.TotalSeconds)
            {
                yield return "Metrics cannot be checked across more than a day (EvaluationPeriods * Period must be <= 86400)";
            }
            else if (seconds > Week.TotalSeconds)
            {
                yield return "Metrics cannot be checked across more than seven days (EvaluationPeriods * Period must be <= 604800)";
            }
        }
    }

    private static IEnumerable<string> TreatmentFaults(AlarmDefinition definition)
    {
        if (definition.TreatMissingData is { Length: > 0 } missing && !AlarmNames.MissingDataTreatments.Contains(missing))
        {
            yield return $"The value {missing} for parameter TreatMissingData is not supported.";
        }

        if (definition.EvaluateLowSampleCountPercentile is not { Length: > 0 } low)
        {
            yield break;
        }

        if (!AlarmNames.LowSampleTreatments.Contains(low))
        {
            yield return $"The value {low} for parameter EvaluateLowSampleCountPercentile is not supported.";
        }

        bool usesPercentile = StatisticSyntax.IsPercentile(definition.ExtendedStatistic)
            || definition.Metrics.Any(static query => StatisticSyntax.IsPercentile(query.MetricStat?.Stat));
        if (!usesPercentile)
        {
            yield return "EvaluateLowSampleCountPercentile is only applicable to percentile based metrics.";
        }
    }

    private static IEnumerable<string> NameFaults(AlarmDefinition definition)
    {
        if (definition.AlarmName.Any(char.IsControl))
        {
            yield return "AlarmName must not contain control characters";
        }

        if (definition.Tags.Count > MaxTags)
        {
            yield return $"Too many tags in alarm, maximum is {MaxTags}";
        }
    }
}
