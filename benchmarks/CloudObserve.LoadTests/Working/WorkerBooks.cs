namespace CloudObserve.LoadTests.Working;

/// <summary>The books of one signal as the worker reports them.</summary>
/// <param name="Accepted">What was handed in.</param>
/// <param name="Delivered">What arrived.</param>
/// <param name="Lost">What never will, by reason.</param>
/// <param name="InFlight">What is neither.</param>
/// <param name="Spooled">What of it lies on disk.</param>
internal sealed record WorkerBooks(long Accepted, long Delivered, Dictionary<string, long> Lost, long InFlight, long Spooled)
{
    internal long TotalLost => Lost.Values.Sum();

    internal string LostText => string.Join(", ", Lost.Select(l => $"{l.Key}: {l.Value}"));
}
