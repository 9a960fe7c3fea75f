namespace CloudObserve.Sinks.Local.Storage;

/// <summary>A value and how many samples had it.</summary>
internal readonly record struct ValueCount(double Value, double Count);
