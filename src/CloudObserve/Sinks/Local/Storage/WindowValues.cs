namespace CloudObserve.Sinks.Local.Storage;

/// <summary>The values of the requested statistics in one window and unit.</summary>
/// <param name="Time">The start of the window, in seconds since 1970.</param>
/// <param name="Unit">The unit.</param>
/// <param name="Values">One value for each requested statistic, or <see langword="null"/> where it cannot be computed.</param>
internal readonly record struct WindowValues(long Time, string Unit, double?[] Values);
