namespace CloudObserve.Monitoring.Alarms.Definitions;

/// <summary>Contains the names that CloudWatch uses in alarm definitions.</summary>
internal static class AlarmNames
{
    internal const string Missing = "missing";
    internal const string Ignore = "ignore";
    internal const string Breaching = "breaching";
    internal const string NotBreaching = "notBreaching";
    internal const string Evaluate = "evaluate";

    internal static readonly string[] Statistics = ["Maximum", "SampleCount", "Sum", "Minimum", "Average"];

    internal static readonly string[] StaticComparisons =
        ["GreaterThanOrEqualToThreshold", "GreaterThanThreshold", "LessThanThreshold", "LessThanOrEqualToThreshold"];

    internal static readonly string[] BandComparisons =
        ["LessThanLowerOrGreaterThanUpperThreshold", "LessThanLowerThreshold", "GreaterThanUpperThreshold"];

    internal static readonly string[] Comparisons = [.. StaticComparisons, .. BandComparisons];

    internal static readonly string[] MissingDataTreatments = [Breaching, NotBreaching, Ignore, Missing];

    internal static readonly string[] LowSampleTreatments = [Evaluate, Ignore];

    internal static readonly string[] Units =
    [
        "Seconds", "Microseconds", "Milliseconds", "Bytes", "Kilobytes", "Megabytes", "Gigabytes", "Terabytes",
        "Bits", "Kilobits", "Megabits", "Gigabits", "Terabits", "Percent", "Count",
        "Bytes/Second", "Kilobytes/Second", "Megabytes/Second", "Gigabytes/Second", "Terabytes/Second",
        "Bits/Second", "Kilobits/Second", "Megabits/Second", "Gigabits/Second", "Terabits/Second", "Count/Second", "None",
    ];
}
