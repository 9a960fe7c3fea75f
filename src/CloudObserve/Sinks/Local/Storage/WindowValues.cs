namespace CloudObserve.Sinks.Local.Storage;

/// <summary>What the asked statistics came to in one window and unit.</summary>
/// <param name="Time">When the window begins, in seconds since 1970.</param>
/// <param name="Unit">The unit.</param>
/// <param name="Values">One value for each statistic asked for; <see langword="null"/> where it cannot be told.</param>
internal readonly record struct WindowValues(long Time, string Unit, double?[] Values);
