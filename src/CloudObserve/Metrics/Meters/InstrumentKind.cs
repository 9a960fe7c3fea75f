namespace CloudObserve.Metrics.Meters;

/// <summary>What a measurement of an instrument means for the series it becomes.</summary>
internal enum InstrumentKind
{
    /// <summary>Each measurement is a sample: counters (so the sum is the total), histograms, gauges, and everything observed as a gauge.</summary>
    Sample,

    /// <summary>Each measurement changes a level, which is sampled once per collection: up-down counters.</summary>
    Level,

    /// <summary>Each measurement is a total since the start, of which the growth is the sample: observable counters.</summary>
    Cumulative,
}
