namespace CloudObserve.Monitoring;

/// <summary>Represents what an anomaly detector says about one datapoint.</summary>
/// <param name="Band">The values that were expected before the datapoint came.</param>
/// <param name="Score">
/// How unusual the datapoint is, from 0 to 1. From 0.5 on, the datapoint is farther from everything remembered than is usual for new values
/// of this series. The score tells the step into an anomaly: it is 0 while an anomaly lasts and does not become stronger.
/// </param>
/// <param name="State">The training state of the detector before the datapoint came.</param>
public readonly record struct AnomalyObservation(ExpectedBand Band, double Score, AnomalyDetectorState State);
