namespace CloudObserve.Audit.Insights;

/// <summary>When a rate is unusual. CloudTrail does not publish its thresholds; these are ours, and rather say nothing than cry.</summary>
internal static class InsightLimits
{
    /// <summary>CloudTrail: the baseline is the mean per minute over the seven days before.</summary>
    internal static readonly TimeSpan Baseline = TimeSpan.FromDays(7);

    /// <summary>CloudTrail: the first insight comes up to 36 hours after they are enabled. With less than a day behind it nothing is unusual.</summary>
    internal static readonly TimeSpan MinBaseline = TimeSpan.FromDays(1);

    /// <summary>What lasts for longer is usual from then on.</summary>
    internal static readonly TimeSpan MaxDuration = TimeSpan.FromDays(1);

    /// <summary>Fewer in a minute are never unusual.</summary>
    internal const int MinCount = 10;

    /// <summary>How many times the mean it must be.</summary>
    internal const double OverMean = 3;

    /// <summary>How many times the busiest minute of the days before it must be, so that what comes in bursts each night is usual.</summary>
    internal const double OverPeak = 1.5;

    /// <summary>For how many minutes it must have been usual again to be over.</summary>
    internal const int QuietMinutes = 5;

    /// <summary>How many operations and errors are watched; further ones are not.</summary>
    internal const int MaxSeries = 2000;

    /// <summary>CloudTrail: an attribution has at most five values.</summary>
    internal const int MaxAttributions = 5;
}
