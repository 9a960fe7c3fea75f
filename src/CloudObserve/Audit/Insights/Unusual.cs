namespace CloudObserve.Audit.Insights;

/// <summary>An unusual time that has not ended yet, with what it is compared to. That stays as it was before it began.</summary>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class Unusual(Guid id, DateTimeOffset start, double mean, int peak, TimeSpan baseline)
{
    internal Guid Id { get; } = id;

    internal DateTimeOffset Start { get; } = start;

    internal double Mean { get; } = mean;

    internal TimeSpan Baseline { get; } = baseline;

    /// <summary>Gets the last minute that was unusual.</summary>
    internal DateTimeOffset Last { get; private set; } = start;

    /// <summary>Gets how many there were, up to that minute.</summary>
    internal long Total { get; private set; }

    /// <summary>Gets or sets how many there were since that minute: they count only if another unusual one follows.</summary>
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
