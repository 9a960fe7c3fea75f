using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CloudObserve.Diagnostics;

/// <summary>How the library does, and why, in words.</summary>
/// <param name="Status">The worst of all reasons.</param>
/// <param name="Reasons">Why; empty when healthy.</param>
internal sealed record HealthVerdict(HealthStatus Status, IReadOnlyList<string> Reasons);
