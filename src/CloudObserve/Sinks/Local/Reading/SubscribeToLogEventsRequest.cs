using CloudObserve.Filters;
using CloudObserve.Sinks.Local.Ingestion;
using CloudObserve.Sinks.Local.Storage;

namespace CloudObserve.Local;

/// <summary>The parameters of <see cref="EmbeddedCloudWatch.SubscribeToLogEvents"/>.</summary>
public sealed record SubscribeToLogEventsRequest
{
    /// <summary>Gets the log groups.</summary>
    /// <value>The default is none: all groups.</value>
    public IReadOnlyList<string> LogGroupNames { get; init; } = [];

    /// <summary>Gets the pattern of the events.</summary>
    /// <value>The default is <see langword="null"/>: all events.</value>
    public FilterPattern? FilterPattern { get; init; }

    /// <summary>Gets the maximum number of events that wait for the subscriber.</summary>
    /// <value>At least 1. The default is 10,000.</value>
    public int MaxEvents { get; init; } = 10_000;

    /// <summary>Gets the maximum number of bytes of the messages that wait for the subscriber. One event may always wait.</summary>
    /// <value>At least 1. The default is 16 MiB.</value>
    public long MaxBytes { get; init; } = 16 * 1024 * 1024;

    internal SubscriptionLimits CheckedLimits()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxEvents, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxBytes, 1);
        return new SubscriptionLimits(MaxEvents, MaxBytes);
    }

    internal Predicate<IngestedLogEvent> CreateFilter()
    {
        foreach (string name in LogGroupNames)
        {
            LogNameRules.CheckGroup(name, "logGroupNames");
        }

        HashSet<string>? groups = LogGroupNames.Count == 0 ? null : new(LogGroupNames, StringComparer.Ordinal);
        FilterPattern? pattern = FilterPattern;
        return accepted =>
            groups?.Contains(accepted.LogGroupName) != false && pattern?.IsMatch(accepted.Message.Span) != false;
    }
}
