using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CloudObserve.Diagnostics;

/// <summary>Determines the health of delivery from the library's state. Sends nothing.</summary>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class DeliveryHealth(SignalSources sources, Outages outages, TimeProvider time, TimeSpan? stalledAfter = null)
{
    /// <summary>The time for which a loss or a misuse keeps the library degraded.</summary>
    internal static readonly TimeSpan Recent = TimeSpan.FromMinutes(5);

    private const int MostReasons = 20;
    private readonly TimeSpan _stalledAfter = stalledAfter ?? TimeSpan.FromMinutes(5);
    private readonly Lock _lock = new();

    // The keys are signals and reasons, of which there are few. The times are monotonic, so they do not jump with the clock. Guarded by the
    // lock.
    private readonly Dictionary<string, TimeSpan> _delivered = [];
    private readonly Dictionary<(string Signal, string Reason), (TimeSpan At, string Detail)> _lost = [];
    private readonly Dictionary<(string Signal, string Reason), (TimeSpan At, string Detail)> _misused = [];
    private readonly Dictionary<(string Signal, string Reason), (TimeSpan At, string Detail)> _callbacks = [];

    internal void Delivered(string signal)
    {
        lock (_lock)
        {
            _delivered[signal] = time.GetPassedTime();
        }
    }

    internal void Lost(string signal, string reason, string detail)
    {
        lock (_lock)
        {
            _lost[(signal, reason)] = (time.GetPassedTime(), detail);
        }
    }

    internal void Misused(string signal, string reason, string detail)
    {
        lock (_lock)
        {
            _misused[(signal, reason)] = (time.GetPassedTime(), detail);
        }
    }

    internal void CallbackFailed(string signal, string reason, string detail)
    {
        lock (_lock)
        {
            _callbacks[(signal, reason)] = (time.GetPassedTime(), detail);
        }
    }

    internal HealthVerdict Judge()
    {
        TimeSpan now = time.GetPassedTime();
        List<string> unhealthy = [.. Stalled(now)];
        List<string> degraded = [];
        foreach (Outage outage in outages.Active(now))
        {
            bool locked = outage.ErrorClass == ErrorHint.Unauthorized;
            (locked ? unhealthy : degraded).Add(Describe(outage, now));
        }

        degraded.AddRange(sources.ReadAll().Where(s => s.Value.Spooled > 0).Select(s =>
            $"{s.Key}: {Counted.Of(s.Value.Spooled, "item")} ({Counted.Of(s.Value.SpoolBytes, "byte")}) on disk {Counted.Form(s.Value.Spooled, "waits", "wait")} for delivery."));
        lock (_lock)
        {
            degraded.AddRange(RecentOf(_lost, now).Select(l => $"{l.Signal}: data was lost in the last 5 minutes: {l.Reason}. {l.Detail}"));
            degraded.AddRange(RecentOf(_misused, now).Select(m => $"{m.Signal}: calls were refused in the last 5 minutes: "
                + $"{m.Reason}. {m.Detail}"));
            degraded.AddRange(RecentOf(_callbacks, now).Select(c => $"{c.Signal}: a callback of the application failed in the last 5 "
                + $"minutes: {c.Reason}. {c.Detail}"));
        }

        HealthStatus status = unhealthy.Count > 0 ? HealthStatus.Unhealthy : degraded.Count > 0
            ? HealthStatus.Degraded : HealthStatus.Healthy;
        return new HealthVerdict(status, [.. unhealthy.Concat(degraded).Take(MostReasons)]);
    }

    private static string Describe(Outage outage, TimeSpan now) =>
        $"{outage.Signal}: {outage.Operation} to {outage.Destination} has failed for {now - outage.Since:d\\.hh\\:mm\\:ss}, "
        + $"last with {outage.ErrorClass} ({outage.Code}): {outage.Message} {outage.Hint}";

    private static IEnumerable<(string Signal, string Reason, string Detail)> RecentOf(
        Dictionary<(string Signal, string Reason), (TimeSpan At, string Detail)> seen, TimeSpan now) =>
        seen.Where(s => now - s.Value.At < Recent).Select(s => (s.Key.Signal, s.Key.Reason, s.Value.Detail));

    private IEnumerable<string> Stalled(TimeSpan now)
    {
        foreach ((string signal, SignalReading reading) in sources.ReadAll())
        {
            if (reading.OldestAge >= _stalledAfter && reading.WaitingBatches + reading.Requests > 0 && NothingDelivered(signal, now))
            {
                string age = reading.OldestAge.ToString("d\\.hh\\:mm\\:ss", CultureInfo.InvariantCulture);
                yield return $"{signal}: waiting batches: {reading.WaitingBatches}, the oldest for {age}. None was delivered in that time.";
            }
        }
    }

    private bool NothingDelivered(string signal, TimeSpan now)
    {
        lock (_lock)
        {
            return !_delivered.TryGetValue(signal, out TimeSpan last) || now - last >= _stalledAfter;
        }
    }
}
