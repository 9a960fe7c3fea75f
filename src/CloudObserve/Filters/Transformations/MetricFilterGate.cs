using CloudObserve.Diagnostics;
using CloudObserve.Logs;
using CloudObserve.Logs.Routing;
using CloudObserve.Metrics;
using CloudObserve.Pipeline.Delivery;

namespace CloudObserve.Filters.Transformations;

/// <summary>Shows every log event to the metric filters that are in force. Filters can be exchanged at any time; each event sees one whole set of them.</summary>
/// <threadsafety><see cref="Use"/> and <see cref="Statuses"/> are safe for concurrent use; the rest belongs to the reader of the logs.</threadsafety>
internal sealed class MetricFilterGate(ExactPublisher publisher) : ILogEventGate
{
    // Put here by whoever changes filters, taken out by the reader between two events.
    private IReadOnlyList<MetricFilterDefinition>? _next;

    // All that are in force, or will be from the next event on; for whoever wants to know.
    private IReadOnlyList<MetricFilterDefinition> _all = [];

    // Changed only by the reader; others look at its counts.
    private MetricFilterSet? _set;

    /// <summary>Puts filters in the place of those that are in force, from the next event on.</summary>
    /// <param name="definitions">All filters. One that says the same as before goes on as if nothing had happened.</param>
    internal void Use(IReadOnlyList<MetricFilterDefinition> definitions)
    {
        Volatile.Write(ref _all, definitions);
        Volatile.Write(ref _next, definitions);
    }

    /// <summary>Gets what each filter has done. A filter that has not seen an event yet has done nothing.</summary>
    internal IReadOnlyList<MetricFilterStatus> Statuses()
    {
        IReadOnlyList<MetricFilter> working = Volatile.Read(ref _set)?.Filters ?? [];
        return
        [
            .. Volatile.Read(ref _all).Select(d =>
                working.FirstOrDefault(f => f.Definition.IsSameAs(d))?.Status ?? new MetricFilterStatus(d.Name, 0, 0, 0, 0)),
        ];
    }

    public LossReason? Keep(LogRoute route, DateTimeOffset time, DateTimeOffset now, ReadOnlySpan<byte> text)
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

        // A volatile write: whoever sees the set must see what it was made of.
        Volatile.Write(ref _set, filters.Count == 0 ? null : new MetricFilterSet(filters));
    }
}
