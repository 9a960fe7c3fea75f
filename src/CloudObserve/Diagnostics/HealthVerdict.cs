using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CloudObserve.Diagnostics;

/// <summary>The health of the library, with reasons.</summary>
/// <param name="Status">The worst status of all reasons.</param>
/// <param name="Reasons">The reasons; empty when healthy.</param>
internal sealed record HealthVerdict(HealthStatus Status, IReadOnlyList<string> Reasons);
