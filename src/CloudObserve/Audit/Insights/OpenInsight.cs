namespace CloudObserve.Audit.Insights;

/// <summary>Represents an unusual period that has not ended yet, with its baseline, which stays as it was before the period.</summary>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class OpenInsight(Guid id, DateTimeOffset start, double mean, int peak, TimeSpan baseline)
{
    internal Guid Id { get; } = id;

    internal DateTimeOffset Start { get; } = start;

    internal double Mean { get; } = mean;

    internal TimeSpan Baseline { get; } = baseline;

    /// <summary>Gets the last minute with an unusual rate.</summary>
    internal DateTimeOffset Last { get; private set; } = start;

    /// <summary>Gets the number of events up to that minute.</summary>
    internal long Total { get; private set; }

    /// <summary>Gets or sets the number of events since that minute.</summary>
    /// <remarks>They are added only if another unusual minute follows.</remarks>
    internal long Pending { get; set; }

    internal TimeSpan Duration => Last - Start + TimeSpan.FromMinutes(1);

    internal bool IsExceededBy(int count) =>
        count >= InsightLimits.MinCount && count > InsightLimits.OverMean * Mean && count > InsightLimits.OverPeak * peak;

    internal void Add(DateTimeOffset minute, int count)
    {
        Last = minute;
        Total += Pending + count;
        Pending = 0;
    }
}
