namespace CloudObserve.LoadTests.Scenarios;

/// <summary>How long the scenarios take, in seconds of load: a machine that cannot keep the rate takes longer.</summary>
/// <param name="Calm">Before and after what happens.</param>
/// <param name="Trouble">While it happens.</param>
/// <param name="Soak">When nothing happens at all.</param>
/// <param name="SpillAfterSeconds">What <c>Delivery:Spool:SpillAfter</c> is set to, so that an outage outlasts it.</param>
internal sealed record Lengths(int Calm, int Trouble, int Soak, int SpillAfterSeconds)
{
    internal static readonly Lengths Full = new(5, 60, 600, 10);
    internal static readonly Lengths Short = new(1, 6, 10, 2);
}
