namespace CloudObserve.Sinks.Local.Storage;

/// <summary>One datum that passed every check.</summary>
/// <param name="Identity">The metric.</param>
/// <param name="Unit">The unit's name, as the shared string instance.</param>
/// <param name="Resolution">The storage resolution: 1 or 60 seconds.</param>
/// <param name="Data">The samples with their time. The store takes ownership.</param>
internal sealed record Observation(MetricIdentity Identity, string Unit, int Resolution, Aggregate Data);
