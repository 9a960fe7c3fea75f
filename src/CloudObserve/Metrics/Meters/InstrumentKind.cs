namespace CloudObserve.Metrics.Meters;

/// <summary>What a measurement of an instrument means for the series it becomes.</summary>
internal enum InstrumentKind
{
    /// <summary>Each measurement is a sample: counters (so the sum is the total), histograms, and observable gauges.</summary>
    Sample,

    /// <summary>Each measurement is a sample, and in a period without one the last is sent again: gauges.</summary>
    Gauge,

    /// <summary>Each measurement changes a level, which is sampled once per collection: up-down counters.</summary>
    Level,

    /// <summary>Each observation gives a level, which is sampled once: observable up-down counters.</summary>
    ObservedLevel,

    /// <summary>Each observation gives a total since the start, of which the growth is the sample: observable counters.</summary>
    Cumulative,
}
