namespace CloudObserve.Metrics.Meters;

/// <summary>Specifies how the measurements of an instrument become samples of its series.</summary>
internal enum InstrumentKind
{
    /// <summary>Each measurement is a sample: counters (whose sum is the total), histograms, and observable gauges.</summary>
    Sample,

    /// <summary>Each measurement is a sample, and the last value is sent again in a period without one: gauges.</summary>
    Gauge,

    /// <summary>Each measurement changes a level, which is sampled once per collection: up-down counters.</summary>
    Level,

    /// <summary>Each observation returns a level, which is sampled once: observable up-down counters.</summary>
    ObservedLevel,

    /// <summary>Each observation returns the total since the start, and its growth is the sample: observable counters.</summary>
    Cumulative,
}
