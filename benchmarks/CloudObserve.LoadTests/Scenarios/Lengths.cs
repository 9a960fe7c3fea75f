namespace CloudObserve.LoadTests.Scenarios;

/// <summary>Holds the durations of the scenarios in seconds of load.</summary>
/// <remarks>A machine that cannot keep the rate takes longer.</remarks>
/// <param name="Calm">The time before and after the disturbance.</param>
/// <param name="Trouble">The time of the disturbance.</param>
/// <param name="Soak">The time of the scenario without a disturbance.</param>
/// <param name="SpillAfterSeconds">The value of <c>Delivery:Spool:SpillAfter</c>, which must be shorter than an outage.</param>
/// <param name="Saturation">The time of each load at saturation.</param>
/// <param name="Steady">The time at a high, constant rate.</param>
/// <param name="Latency">The time of each rate at which calls are timed.</param>
/// <param name="Idle">The time without load.</param>
/// <param name="Writers">The numbers of writing threads at saturation, one measurement for each.</param>
/// <param name="Rates">The rates in calls per second, one measurement for each.</param>
internal sealed record Lengths(
    int Calm, int Trouble, int Soak, int SpillAfterSeconds, int Saturation, int Steady, TimeSpan Latency, int Idle, int[] Writers,
    int[] Rates)
{
    internal static readonly Lengths Full = new(5, 60, 600, 10, 20, 60, TimeSpan.FromSeconds(20), 60, [1, 2, 4], [10_000, 100_000]);
    internal static readonly Lengths Short = new(1, 6, 10, 2, 1, 3, TimeSpan.FromSeconds(0.4), 2, [2], [20_000]);
}
