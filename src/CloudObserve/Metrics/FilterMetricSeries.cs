using System.Runtime.CompilerServices;
using CloudObserve.Metrics.Aggregation;

namespace CloudObserve.Metrics;

/// <summary>A series of an <see cref="FilterMetricPublisher"/> that accepts samples with a timestamp.</summary>
/// <threadsafety>Safe for concurrent use. A sample of the current minute takes no lock and allocates nothing.</threadsafety>
internal sealed class FilterMetricSeries(FilterMetricPublisher publisher, SeriesIdentity identity)
{
    // Replaced after the series was idle long enough to be released; a stale value only costs another look-up.
    private SeriesState? _state;

    /// <summary>Adds a sample to the period that contains its time.</summary>
    /// <param name="value">The sample.</param>
    /// <param name="time">The time of the sample, within the window that CloudWatch accepts.</param>
    /// <param name="now">The current time.</param>
    /// <returns>Whether the sample was accepted. If not, it has been counted as lost and reported.</returns>
    internal bool Put(double value, DateTimeOffset time, DateTimeOffset now)
    {
        if (!MetricRules.IsValidValue(value))
        {
            return publisher.RefuseValue(identity.Name, value);
        }

        return PeriodClock.Floor(time, identity.Resolution) == PeriodClock.Floor(now, identity.Resolution)
            ? Volatile.Read(ref _state)?.TryPut(value) == true || PutSlow(value)
            : publisher.Resolve(identity) is { } state ? publisher.PutLate(state, time, value) : publisher.RefuseClosed();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool PutSlow(double value)
    {
        // A series may be released between look-up and sample. It is then looked up again, unless the registry is closed.
        while (publisher.Resolve(identity) is { } state)
        {
            if (state.TryPut(value))
            {
                Volatile.Write(ref _state, state);
                return true;
            }

            if (publisher.IsClosed)
            {
                break;
            }
        }

        return publisher.RefuseClosed();
    }
}
