using CloudObserve.Sinks.Local.Storage;

namespace CloudObserve.Local;

/// <summary>The parameters of <see cref="EmbeddedCloudWatch.SubscribeToMetrics"/>.</summary>
public sealed record SubscribeToMetricsRequest
{
    /// <summary>Gets the namespace of the metrics.</summary>
    /// <value>The default is <see langword="null"/>: every namespace.</value>
    public string? Namespace { get; init; }

    /// <summary>Gets the maximum number of datums that wait for the subscriber.</summary>
    /// <value>At least 1. The default is 10,000.</value>
    public int MaxDatums { get; init; } = 10_000;

    internal SubscriptionLimits CheckedLimits()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxDatums, 1);
        return new SubscriptionLimits(MaxDatums, long.MaxValue);
    }

    internal Predicate<IngestedMetric> CreateFilter()
    {
        string? wanted = Namespace;
        return accepted => wanted is null || accepted.Namespace == wanted;
    }
}
