namespace CloudObserve.LoadTests.Scenarios;

/// <summary>How long the scenarios take, in seconds of load: a machine that cannot keep the rate takes longer.</summary>
/// <param name="Calm">Before and after what happens.</param>
/// <param name="Trouble">While it happens.</param>
/// <param name="Soak">When nothing happens at all.</param>
/// <param name="SpillAfterSeconds">What <c>Delivery:Spool:SpillAfter</c> is set to, so that an outage outlasts it.</param>
/// <param name="Saturation">For each load at saturation.</param>
/// <param name="Steady">At a high, steady rate.</param>
/// <param name="Latency">For each rate at which calls are timed.</param>
/// <param name="Idle">When there is nothing to do.</param>
/// <param name="Writers">How many threads write at saturation: one measurement for each number.</param>
/// <param name="Rates">At how many calls a second they are timed: one measurement for each rate.</param>
internal sealed record Lengths(
    int Calm, int Trouble, int Soak, int SpillAfterSeconds, int Saturation, int Steady, TimeSpan Latency, int Idle, int[] Writers, int[] Rates)
{
    internal static readonly Lengths Full = new(5, 60, 600, 10, 20, 60, TimeSpan.FromSeconds(20), 60, [1, 2, 4], [10_000, 100_000]);
    internal static readonly Lengths Short = new(1, 6, 10, 2, 1, 3, TimeSpan.FromSeconds(0.4), 2, [2], [20_000]);
}
