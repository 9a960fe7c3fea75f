using CloudObserve.Local;
using CloudObserve.Metrics;
using CloudObserve.Monitoring.Alarms.Definitions;

namespace CloudObserve.Monitoring;

/// <summary>Configures a metric alarm.</summary>
/// <remarks>
/// Members that are not set come from the configuration of an alarm with the same name, if there is one.
/// An alarm watches one metric (<see cref="Metric"/>), or the result of metric math (<see cref="Query"/> and
/// <see cref="Expression(string)"/>). Without <see cref="Every"/> the period is one minute, and without <see cref="For"/> one period
/// decides.
/// </remarks>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
public sealed class MetricAlarmBuilder
{
    private const string WatchedId = "watched";
    private const string BandId = "band";

    private static readonly TimeSpan DefaultPeriod = TimeSpan.FromMinutes(1);

    private readonly AlarmDefinition _base;
    private readonly Func<string, string> _topicArn;
    private readonly List<MetricDataQuery> _queries = [];
    private AlarmDefinition _definition;
    private string? _statistic;
    private TimeSpan? _period;
    private double? _factor;

    internal MetricAlarmBuilder(AlarmDefinition definition, Func<string, string> topicArn) =>
        (_base, _definition, _topicArn) = (definition, definition, topicArn);

    /// <summary>Sets the metric to watch.</summary>
    /// <param name="metricNamespace">The namespace.</param>
    /// <param name="metricName">The name.</param>
    /// <param name="dimensions">The dimensions, all of them.</param>
    /// <returns>This builder.</returns>
    public MetricAlarmBuilder Metric(string metricNamespace, string metricName, params MetricDimension[] dimensions) => Set(_definition with
    {
        Namespace = metricNamespace,
        MetricName = metricName,
        Dimensions = [.. dimensions],
        Metrics = [],
    });

    /// <summary>Sets the statistic of the metric.</summary>
    /// <param name="statistic"><c>SampleCount</c>, <c>Average</c>, <c>Sum</c>, <c>Minimum</c> or <c>Maximum</c>, or an extended statistic
    /// such as <c>p99</c>. Without it, the alarm watches the average.</param>
    /// <returns>This builder.</returns>
    public MetricAlarmBuilder Statistic(string statistic)
    {
        _statistic = statistic;
        return this;
    }

    /// <summary>Sets the length of a period.</summary>
    /// <param name="period">10, 20 or 30 seconds, or a multiple of a minute.</param>
    /// <returns>This builder.</returns>
    public MetricAlarmBuilder Every(TimeSpan period)
    {
        _period = period;
        return this;
    }

    /// <summary>Sets the unit that data must have been published with.</summary>
    /// <param name="unit">One of CloudWatch's names, such as <c>Milliseconds</c>.</param>
    /// <returns>This builder.</returns>
    public MetricAlarmBuilder Unit(string unit) => Set(_definition with { Unit = unit });

    /// <summary>Adds a metric that the expression uses. The alarm does not watch it by itself.</summary>
    /// <param name="id">The id in the expression.</param>
    /// <param name="metricNamespace">The namespace.</param>
    /// <param name="metricName">The name.</param>
    /// <param name="statistic">The statistic.</param>
    /// <param name="dimensions">The dimensions, all of them.</param>
    /// <returns>This builder.</returns>
    public MetricAlarmBuilder Query(
        string id, string metricNamespace, string metricName, string statistic, params MetricDimension[] dimensions)
    {
        _queries.Add(new MetricDataQuery
        {
            Id = id,
            MetricStat = new MetricStat
            {
                Metric = new MetricIdentifier(metricNamespace, metricName, [.. dimensions]),
                Period = TimeSpan.Zero,
                Stat = statistic,
            },
            ReturnData = false,
        });
        return this;
    }

    /// <summary>Adds an expression that another one uses. The alarm does not watch it by itself.</summary>
    /// <param name="id">The id in the other expression.</param>
    /// <param name="expression">The expression, in metric math or as a query of Metrics Insights.</param>
    /// <returns>This builder.</returns>
    public MetricAlarmBuilder Expression(string id, string expression)
    {
        _queries.Add(new MetricDataQuery { Id = id, Expression = expression, ReturnData = false });
        return this;
    }

    /// <summary>Sets the expression to watch.</summary>
    /// <param name="expression">The expression, such as <c>100 * errors / requests</c>, or a query of Metrics Insights.</param>
    /// <returns>This builder.</returns>
    public MetricAlarmBuilder Expression(string expression)
    {
        _queries.Add(new MetricDataQuery { Id = WatchedId, Expression = expression, ReturnData = true });
        return this;
    }

    /// <summary>Breaches if a value is greater than a threshold.</summary>
    /// <param name="threshold">The threshold.</param>
    /// <returns>This builder.</returns>
    public MetricAlarmBuilder GreaterThan(double threshold) => Compare("GreaterThanThreshold", threshold);

    /// <summary>Breaches if a value is greater than or equal to a threshold.</summary>
    /// <param name="threshold">The threshold.</param>
    /// <returns>This builder.</returns>
    public MetricAlarmBuilder GreaterThanOrEqualTo(double threshold) => Compare("GreaterThanOrEqualToThreshold", threshold);

    /// <summary>Breaches if a value is less than a threshold.</summary>
    /// <param name="threshold">The threshold.</param>
    /// <returns>This builder.</returns>
    public MetricAlarmBuilder LessThan(double threshold) => Compare("LessThanThreshold", threshold);

    /// <summary>Breaches if a value is less than or equal to a threshold.</summary>
    /// <param name="threshold">The threshold.</param>
    /// <returns>This builder.</returns>
    public MetricAlarmBuilder LessThanOrEqualTo(double threshold) => Compare("LessThanOrEqualToThreshold", threshold);

    /// <summary>Breaches if a value is outside of the band that anomaly detection expects.</summary>
    /// <param name="factor">The width of the band, in standard deviations to each side: greater than 0.</param>
    /// <returns>This builder.</returns>
    public MetricAlarmBuilder OutsideBand(double factor = 2) => Compare("LessThanLowerOrGreaterThanUpperThreshold", null, factor);

    /// <summary>Breaches if a value is above the band that anomaly detection expects.</summary>
    /// <param name="factor">The width of the band, in standard deviations to each side: greater than 0.</param>
    /// <returns>This builder.</returns>
    public MetricAlarmBuilder AboveBand(double factor = 2) => Compare("GreaterThanUpperThreshold", null, factor);

    /// <summary>Breaches if a value is below the band that anomaly detection expects.</summary>
    /// <param name="factor">The width of the band, in standard deviations to each side: greater than 0.</param>
    /// <returns>This builder.</returns>
    public MetricAlarmBuilder BelowBand(double factor = 2) => Compare("LessThanLowerThreshold", null, factor);

    /// <summary>Sets the number of breaching periods that raise the alarm.</summary>
    /// <param name="periods">The number of breaching periods.</param>
    /// <param name="outOf">The number of periods that decide. Without it, the same number.</param>
    /// <returns>This builder.</returns>
    public MetricAlarmBuilder For(int periods, int? outOf = null) => Set(_definition with
    {
        EvaluationPeriods = outOf ?? periods,
        DatapointsToAlarm = outOf is null ? null : periods,
    });

    /// <summary>Sets the treatment of periods without data.</summary>
    /// <param name="treatment">The treatment.</param>
    /// <returns>This builder.</returns>
    public MetricAlarmBuilder WhenMissing(MissingData treatment) => Set(_definition with
    {
        TreatMissingData = treatment switch
        {
            MissingData.Missing => AlarmNames.Missing,
            MissingData.Ignore => AlarmNames.Ignore,
            MissingData.Breaching => AlarmNames.Breaching,
            MissingData.NotBreaching => AlarmNames.NotBreaching,
            _ => throw new ArgumentOutOfRangeException(nameof(treatment), treatment, "The treatment must be a member of MissingData."),
        },
    });

    /// <summary>Keeps the state while a percentile has too few samples (<c>EvaluateLowSampleCountPercentile</c>).</summary>
    /// <returns>This builder.</returns>
    public MetricAlarmBuilder IgnoreLowSampleCount() => Set(_definition with { EvaluateLowSampleCountPercentile = AlarmNames.Ignore });

    /// <summary>Keeps the state while the datapoints that decide have fewer samples than a number. CloudWatch does not know this.</summary>
    /// <param name="samples">The number of samples. For an expression, the metric with the most samples counts.</param>
    /// <returns>This builder.</returns>
    public MetricAlarmBuilder MinimumSampleCount(int samples) => Set(_definition with { MinimumSampleCount = samples });

    /// <summary>Sets the description.</summary>
    /// <param name="description">At most 1,024 characters.</param>
    /// <returns>This builder.</returns>
    public MetricAlarmBuilder Description(string description) => Set(_definition with { AlarmDescription = description });

    /// <summary>Notifies topics when the alarm enters <see cref="AlarmState.Alarm"/>.</summary>
    /// <param name="topics">The names of the topics.</param>
    /// <returns>This builder.</returns>
    public MetricAlarmBuilder Notify(params string[] topics)
    {
        ArgumentNullException.ThrowIfNull(topics);
        return Set(_definition with { AlarmActions = [.. _definition.AlarmActions, .. topics.Select(_topicArn)] });
    }

    /// <summary>Notifies topics when the alarm enters <see cref="AlarmState.Ok"/>.</summary>
    /// <param name="topics">The names of the topics.</param>
    /// <returns>This builder.</returns>
    public MetricAlarmBuilder NotifyOk(params string[] topics)
    {
        ArgumentNullException.ThrowIfNull(topics);
        return Set(_definition with { OKActions = [.. _definition.OKActions, .. topics.Select(_topicArn)] });
    }

    /// <summary>Notifies topics when the alarm enters <see cref="AlarmState.InsufficientData"/>.</summary>
    /// <param name="topics">The names of the topics.</param>
    /// <returns>This builder.</returns>
    public MetricAlarmBuilder NotifyInsufficientData(params string[] topics)
    {
        ArgumentNullException.ThrowIfNull(topics);
        return Set(_definition with { InsufficientDataActions = [.. _definition.InsufficientDataActions, .. topics.Select(_topicArn)] });
    }

    /// <summary>Adds a tag.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    /// <returns>This builder.</returns>
    public MetricAlarmBuilder Tag(string key, string value) =>
        Set(_definition with { Tags = new Dictionary<string, string>(_definition.Tags, StringComparer.Ordinal) { [key] = value } });

    /// <summary>Returns the definition in the form of <c>PutMetricAlarm</c>.</summary>
    internal AlarmDefinition Build()
    {
        AlarmDefinition definition = _definition with { EvaluationPeriods = _definition.EvaluationPeriods ?? 1 };
        if (_queries.Count > 0)
        {
            return WithQueries(definition);
        }

        // The configuration may define an alarm on queries, of which code changes other members.
        if (definition.Metrics.Count > 0)
        {
            return definition;
        }

        string? statistic = _statistic ?? _base.Statistic ?? _base.ExtendedStatistic ?? "Average";
        TimeSpan period = _period ?? _base.Period ?? DefaultPeriod;
        if (_factor is not null)
        {
            return OnBand(definition, statistic, period);
        }

        bool isPlain = AlarmNames.Statistics.Contains(statistic);
        return definition with
        {
            Period = period,
            Statistic = isPlain ? statistic : null,
            ExtendedStatistic = isPlain ? null : statistic,
        };
    }

    private AlarmDefinition WithQueries(AlarmDefinition definition)
    {
        TimeSpan period = _period ?? DefaultPeriod;
        List<MetricDataQuery> queries =
        [
            .. _queries.Select(query => query.MetricStat is { } stat ? query with { MetricStat = stat with { Period = period } } : query),
        ];

        // A query of Metrics Insights reads no metric of the request that could name the period.
        if (_queries.TrueForAll(static query => query.MetricStat is null))
        {
            queries = [.. queries.Select(query => query with { Period = period })];
        }

        if (_factor is { } factor)
        {
            queries.Add(Band(factor));
        }

        return definition with { Metrics = queries, ThresholdMetricId = _factor is null ? null : BandId };
    }

    private static MetricDataQuery Band(double factor) => new()
    {
        Id = BandId,
        Expression = $"ANOMALY_DETECTION_BAND({WatchedId}, {factor.ToString(System.Globalization.CultureInfo.InvariantCulture)})",
    };

    // CloudWatch knows a band as a query beside that of the metric.
    private AlarmDefinition OnBand(AlarmDefinition definition, string statistic, TimeSpan period) => definition with
    {
        Namespace = null,
        MetricName = null,
        Dimensions = [],
        Unit = null,
        Period = null,
        Statistic = null,
        ExtendedStatistic = null,
        ThresholdMetricId = BandId,
        Metrics =
        [
            new MetricDataQuery
            {
                Id = WatchedId,
                MetricStat = new MetricStat
                {
                    Metric = new MetricIdentifier(definition.Namespace ?? "", definition.MetricName ?? "", definition.Dimensions),
                    Period = period,
                    Stat = statistic,
                    Unit = definition.Unit,
                },
            },
            Band(_factor!.Value),
        ],
    };

    private MetricAlarmBuilder Compare(string comparison, double? threshold, double? factor = null)
    {
        _factor = factor;
        return Set(_definition with { ComparisonOperator = comparison, Threshold = threshold, ThresholdMetricId = null });
    }

    private MetricAlarmBuilder Set(AlarmDefinition definition)
    {
        _definition = definition;
        return this;
    }
}
