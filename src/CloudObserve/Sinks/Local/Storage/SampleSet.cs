namespace CloudObserve.Sinks.Local.Storage;

/// <summary>The samples of a datapoint that are zero or greater, in the form in which the store keeps them.</summary>
/// <remarks>A store keeps one form only: a <see cref="Histogram"/> as CloudWatch does, or a <see cref="Distribution"/> when percentiles are to be exact.</remarks>
/// <threadsafety>Immutable, so that aggregates can share it.</threadsafety>
internal abstract class SampleSet
{
    /// <summary>Gets an estimate of the memory taken.</summary>
    internal abstract long Bytes { get; }

    /// <summary>Makes the set of both sides' samples.</summary>
    /// <param name="other">A set of the same form.</param>
    internal abstract SampleSet With(SampleSet other);
}
