namespace CloudObserve.Sinks.Local.Storage;

/// <summary>One datum that passed every check.</summary>
/// <param name="Identity">The metric.</param>
/// <param name="Unit">The one instance of the unit's name.</param>
/// <param name="Resolution">1 or 60 seconds.</param>
/// <param name="Data">The samples, with their time. The store takes it over.</param>
internal sealed record Observation(MetricIdentity Identity, string Unit, int Resolution, Aggregate Data);
