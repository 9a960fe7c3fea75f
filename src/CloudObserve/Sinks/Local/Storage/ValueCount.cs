namespace CloudObserve.Sinks.Local.Storage;

/// <summary>A value and the number of samples with this value.</summary>
internal readonly record struct ValueCount(double Value, double Count);
