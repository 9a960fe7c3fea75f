namespace CloudObserve.Audit.Insights;

/// <summary>Contains the thresholds of unusual rates.</summary>
/// <remarks>CloudTrail does not publish its own; these are chosen to avoid false alarms.</remarks>
internal static class InsightLimits
{
    /// <summary>As in CloudTrail, the baseline is the mean per minute over the seven days before.</summary>
    internal static readonly TimeSpan Baseline = TimeSpan.FromDays(7);

    /// <summary>The history below which no rate is unusual.</summary>
    /// <remarks>In CloudTrail the first insight appears up to 36 hours after insights are enabled.</remarks>
    internal static readonly TimeSpan MinBaseline = TimeSpan.FromDays(1);

    /// <summary>The duration after which an unusual rate becomes the usual one.</summary>
    internal static readonly TimeSpan MaxDuration = TimeSpan.FromDays(1);

    /// <summary>The smallest number of events in a minute that can be unusual.</summary>
    internal const int MinCount = 10;

    /// <summary>The factor by which the rate must exceed the mean.</summary>
    internal const double OverMean = 3;

    /// <summary>The factor by which the rate must exceed the busiest minute of the history, so that nightly bursts are usual.</summary>
    internal const double OverPeak = 1.5;

    /// <summary>The number of usual minutes after which an insight ends.</summary>
    internal const int QuietMinutes = 5;

    /// <summary>The largest number of operations and errors that are watched.</summary>
    /// <remarks>Further ones are not watched.</remarks>
    internal const int MaxSeries = 2000;

    /// <summary>The CloudTrail limit: five values in an attribution.</summary>
    internal const int MaxAttributions = 5;
}
