namespace CloudObserve.Sinks.Local.Storage;

/// <summary>The samples of a datapoint that are zero or greater, in the form used by the store.</summary>
/// <remarks>
/// A store uses one form only: a <see cref="Histogram"/> as in CloudWatch, or a <see cref="Distribution"/> if percentiles must be exact.
/// </remarks>
/// <threadsafety>Immutable, so that aggregates can share it.</threadsafety>
internal abstract class SampleSet
{
    /// <summary>Gets an estimate of the memory used, in bytes.</summary>
    internal abstract long Bytes { get; }

    /// <summary>Returns the union of both sets.</summary>
    /// <param name="other">A set of the same form.</param>
    internal abstract SampleSet With(SampleSet other);
}
