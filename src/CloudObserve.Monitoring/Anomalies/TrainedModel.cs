namespace CloudObserve.Monitoring.Anomalies;

/// <summary>Represents a detector that has learned a series up to a time, and that nothing changes any more.</summary>
/// <param name="Detector">The detector. It must be copied before it observes anything.</param>
/// <param name="Until">The end of what it has learned, in seconds since 1970-01-01 UTC.</param>
internal sealed record TrainedModel(AnomalyDetector Detector, long Until);
