namespace CloudObserve.Tests.Documentation;

/// <summary>
/// The keys of definitions that are read as the JSON input of CloudWatch's operations. No class of options has them.
/// </summary>
internal static class DefinitionKeys
{
    internal const string Section = "CloudObserve:Monitoring";

    private static readonly string[] Dimension = ["Name", "Value"];

    private static readonly string[] Common =
    [
        "ActionsEnabled", "AlarmActions:{n}", "AlarmDescription", "AlarmName", "InsufficientDataActions:{n}", "OKActions:{n}",
        "Tags:{n}:Key", "Tags:{n}:Value",
    ];

    private static readonly string[] Alarm =
    [
        .. Common,
        "ActionsSuppressor", "ActionsSuppressorExtensionPeriod", "ActionsSuppressorWaitPeriod", "AlarmRule",
        "ComparisonOperator", "DatapointsToAlarm", "EvaluateLowSampleCountPercentile", "EvaluationPeriods", "ExtendedStatistic",
        "MetricName", "MinimumSampleCount", "Namespace", "Period", "Statistic", "Threshold", "ThresholdMetricId", "TreatMissingData", "Unit",
        .. Dimension.Select(static key => $"Dimensions:{{n}}:{key}"),
        .. new[] { "AccountId", "Expression", "Id", "Label", "Period", "ReturnData" }.Select(static key => $"Metrics:{{n}}:{key}"),
        .. new[] { "Metric:MetricName", "Metric:Namespace", "Period", "Stat", "Unit" }
            .Concat(Dimension.Select(static key => $"Metric:Dimensions:{{n}}:{key}"))
            .Select(static key => $"Metrics:{{n}}:MetricStat:{key}"),
    ];

    private static readonly string[] MuteRule =
    [
        "Description", "ExpireDate", "MuteTargets:AlarmNames:{n}", "Name", "Rule:Schedule:Duration", "Rule:Schedule:Expression",
        "Rule:Schedule:Timezone", "StartDate", "Tags:{n}:Key", "Tags:{n}:Value",
    ];

    private static readonly string[] Topic =
    [
        "LogLevel", "Sns:{n}:MessagePerProtocol", "Sns:{n}:TopicArn", "Webhooks:{n}:Address", "Webhooks:{n}:Format",
        "Webhooks:{n}:Headers:{name}", "Webhooks:{n}:Secret", "Webhooks:{n}:Template",
    ];

    /// <summary>Gets the names of the sections that hold definitions by name, with a description of what each contains.</summary>
    internal static IReadOnlyDictionary<string, string> Names { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Alarms"] = "Definitions by name, each with the members of CloudWatch's operation.",
        ["MuteRules"] = "Definitions by name, each with the members of CloudWatch's operation.",
        ["Topics"] = "Topics by name, each with its Webhooks, its Sns topics and its LogLevel.",
    };

    /// <summary>Gets the paths of all keys.</summary>
    internal static IEnumerable<string> Paths =>
    [
        .. Alarm.Select(static key => $"{Section}:Alarms:{{name}}:{key}"),
        .. MuteRule.Select(static key => $"{Section}:MuteRules:{{name}}:{key}"),
        .. Topic.Select(static key => $"{Section}:Topics:{{name}}:{key}"),
    ];
}
