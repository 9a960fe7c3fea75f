using CloudObserve.Delivery;
using CloudObserve.Metrics.Aggregation;

namespace CloudObserve.Metrics.Wire;

/// <summary>Encodes collected series into batches.</summary>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal interface IMetricEncoder
{
    /// <summary>
    /// Gets the number of samples ever taken over: samples in batches or on their way into one, and samples counted as lost here.
    /// </summary>
    long Taken { get; }

    /// <summary>Adds the samples of one series in one period.</summary>
    /// <param name="series">The series.</param>
    /// <param name="table">The samples. Valid during the call only.</param>
    /// <param name="periodStart">The timestamp of the samples.</param>
    void Add(SeriesIdentity series, ValueTable table, DateTimeOffset periodStart);

    /// <summary>Returns everything encoded so far and starts anew.</summary>
    List<Batch> TakeBatches();
}
