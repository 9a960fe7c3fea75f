using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CloudObserve.Diagnostics;

/// <summary>Reports <see cref="DeliveryHealth"/> to the host's health checks.</summary>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class CloudObserveHealthCheck(DeliveryHealth health, SignalSources sources) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        HealthVerdict verdict = health.Judge();

        // The host specifies at registration which status stands for unhealthy.
        HealthStatus status = verdict.Status == HealthStatus.Unhealthy ? context.Registration.FailureStatus : verdict.Status;
        string words = verdict.Reasons.Count == 0 ? "All accepted data is delivered or in delivery." : string.Join(" | ", verdict.Reasons);
        return Task.FromResult(new HealthCheckResult(status, words, data: Data()));
    }

    private Dictionary<string, object> Data()
    {
        Dictionary<string, object> data = [];
        foreach ((string signal, SignalReading reading) in sources.ReadAll())
        {
            data[signal + ".accepted"] = reading.Accepted;
            data[signal + ".delivered"] = reading.Delivered;
            data[signal + ".lost"] = reading.Lost.Sum(l => l.Value);
            data[signal + ".inFlight"] = reading.InFlight;
        }

        return data;
    }
}
