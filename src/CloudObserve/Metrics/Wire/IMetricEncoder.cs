using CloudObserve.Metrics.Aggregation;
using CloudObserve.Pipeline.Delivery;

namespace CloudObserve.Metrics.Wire;

/// <summary>Turns collected series into batches: the form in which metrics leave the process.</summary>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal interface IMetricEncoder
{
    /// <summary>Gets how many samples it ever took over: those in batches or on their way into one, and those it has booked as lost itself.</summary>
    long Taken { get; }

    /// <summary>Adds the samples of one series in one period.</summary>
    /// <param name="series">The series.</param>
    /// <param name="table">The samples, lent for the call.</param>
    /// <param name="periodStart">The time they are stamped with.</param>
    void Add(SeriesIdentity series, ValueTable table, DateTimeOffset periodStart);

    /// <summary>Hands over everything encoded so far.</summary>
    List<Batch> TakeBatches();
}
