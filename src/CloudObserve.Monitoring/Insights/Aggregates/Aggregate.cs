using CloudObserve.Monitoring.Insights.Values;

namespace CloudObserve.Monitoring.Insights.Aggregates;

/// <summary>Collects the values of a group.</summary>
/// <threadsafety>Not safe for concurrent use. Each thread has its own, and they are merged at the end.</threadsafety>
internal abstract class Aggregate
{
    /// <summary>Adds the value of a row.</summary>
    internal abstract void Add(in LogValue value, LogRow row);

    /// <summary>Adds what another aggregate of the same function has collected.</summary>
    internal abstract void Merge(Aggregate other);

    /// <summary>Gets the result.</summary>
    internal abstract LogValue Result();
}
