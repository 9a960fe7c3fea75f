using CloudObserve.Delivery;
using CloudObserve.LogEvents.Routing;
using CloudObserve.Logs;
using CloudObserve.Metrics;

namespace CloudObserve.Filters.Transformations;

/// <summary>Passes every log event to the active metric filters.</summary>
/// <remarks>The filters can be replaced at any time; each event sees one consistent set.</remarks>
/// <threadsafety>
/// <see cref="Use"/> and <see cref="Statuses"/> are safe for concurrent use; everything else belongs to the log reader.
/// </threadsafety>
internal sealed class MetricFilterEvaluator(FilterMetricPublisher publisher) : ILogEventFilter
{
    // Set by the thread that changes filters, and taken by the reader between two events.
    private IReadOnlyList<MetricFilterDefinition>? _next;

    // The definitions that are active now or from the next event on. Other threads read them.
    private IReadOnlyList<MetricFilterDefinition> _all = [];

    // Only the reader changes it; other threads read its counts.
    private MetricFilterSet? _set;

    /// <summary>Replaces the active filters from the next event on.</summary>
    /// <param name="definitions">All filters. The state of a filter with unchanged settings is kept.</param>
    internal void Use(IReadOnlyList<MetricFilterDefinition> definitions)
    {
        Volatile.Write(ref _all, definitions);
        Volatile.Write(ref _next, definitions);
    }

    /// <summary>Returns the counts of each filter.</summary>
    /// <remarks>They are 0 for a filter that has not seen an event yet.</remarks>
    internal IReadOnlyList<MetricFilterStatus> Statuses()
    {
        IReadOnlyList<MetricFilter> working = Volatile.Read(ref _set)?.Filters ?? [];
        return
        [
            .. Volatile.Read(ref _all).Select(d =>
                working.FirstOrDefault(f => f.Definition.IsSameAs(d))?.Status ?? new MetricFilterStatus(d.Name, 0, 0, 0, 0)),
        ];
    }

    public LossReason? Withhold(LogRoute route, DateTimeOffset time, DateTimeOffset now, ReadOnlySpan<byte> text)
    {
        if (Volatile.Read(ref _next) is not null)
        {
            Exchange();
        }

        // CloudWatch Logs has no empty events.
        return text.IsEmpty ? null : _set?.See(route, time, now, text);
    }

    private void Exchange()
    {
        IReadOnlyList<MetricFilterDefinition> definitions = Interlocked.Exchange(ref _next, null)!;
        List<MetricFilter> left = [.. _set?.Filters ?? []];
        List<MetricFilter> filters = [];
        foreach (MetricFilterDefinition definition in definitions)
        {
            MetricFilter? same = left.Find(filter => filter.Definition.IsSameAs(definition));
            filters.Add(same ?? new MetricFilter(definition, publisher));
            _ = same is not null && left.Remove(same);
        }

        // A volatile write, so that a thread that sees the set also sees its initialized content.
        Volatile.Write(ref _set, filters.Count == 0 ? null : new MetricFilterSet(filters));
    }
}
