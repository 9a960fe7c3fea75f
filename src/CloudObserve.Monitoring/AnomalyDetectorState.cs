namespace CloudObserve.Monitoring;

/// <summary>Contains the training states of an anomaly detector.</summary>
public enum AnomalyDetectorState
{
    /// <summary>The detector has too few datapoints for a band: fewer than 30, or fewer than three hours of them.</summary>
    PendingTraining,

    /// <summary>The band can be used, but the detector has not seen two weeks of datapoints, so it cannot know the week.</summary>
    TrainedInsufficientData,

    /// <summary>The detector has learned from two weeks of datapoints or more.</summary>
    Trained,
}
