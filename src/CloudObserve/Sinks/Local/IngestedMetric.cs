using CloudObserve.Metrics;
using CloudObserve.Sinks.Local.Storage;

namespace CloudObserve.Local;

/// <summary>A datum of a metric that the embedded CloudWatch has accepted.</summary>
public readonly record struct IngestedMetric
{
    private readonly MetricIdentity _identity;

    internal IngestedMetric(Observation observation)
    {
        _identity = observation.Identity;
        Unit = observation.Unit;
        StorageResolution = TimeSpan.FromSeconds(observation.Resolution);
        Timestamp = DateTimeOffset.FromUnixTimeSeconds(observation.Data.Time);
        (SampleCount, Sum) = (observation.Data.Count, observation.Data.Sum);
        (Minimum, Maximum) = (observation.Data.Minimum, observation.Data.Maximum);
    }

    /// <summary>Gets the namespace.</summary>
    public string Namespace => _identity.Namespace;

    /// <summary>Gets the name of the metric.</summary>
    public string MetricName => _identity.Name;

    /// <summary>Gets the dimensions, sorted by name.</summary>
    public IReadOnlyList<MetricDimension> Dimensions => _identity.Dimensions;

    /// <summary>Gets the unit, one of CloudWatch's names.</summary>
    public string Unit { get; }

    /// <summary>Gets the resolution at which the datum is stored.</summary>
    /// <value>A second or a minute.</value>
    public TimeSpan StorageResolution { get; }

    /// <summary>Gets the time of the datum, truncated to seconds.</summary>
    public DateTimeOffset Timestamp { get; }

    /// <summary>Gets the number of samples.</summary>
    public double SampleCount { get; }

    /// <summary>Gets the sum of the samples.</summary>
    public double Sum { get; }

    /// <summary>Gets the smallest sample.</summary>
    public double Minimum { get; }

    /// <summary>Gets the largest sample.</summary>
    public double Maximum { get; }
}
