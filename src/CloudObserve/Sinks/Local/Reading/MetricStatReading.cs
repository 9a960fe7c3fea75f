namespace CloudObserve.Local;

/// <summary>Describes the values that a <see cref="MetricStatReader"/> has read.</summary>
/// <param name="StartTime">The start of the first period, after rounding.</param>
/// <param name="HasMultipleUnits">Whether the metric has values in several units. At each time, the value in the unit that comes first in
/// ordinal order is returned.</param>
public readonly record struct MetricStatReading(DateTimeOffset StartTime, bool HasMultipleUnits);
