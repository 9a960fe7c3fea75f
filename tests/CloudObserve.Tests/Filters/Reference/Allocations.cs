namespace CloudObserve.Tests.Filters.Reference;

internal static class Allocations
{
    /// <summary>Measures what an action allocates once it is warm.</summary>
    /// <remarks>
    /// The least of several rounds, because a collection may empty the array pool in one of them; what always allocates does so in each.
    /// </remarks>
    internal static long Of(Action action)
    {
        action();
        return Enumerable.Range(0, 5).Min(_ => Round(action));
    }

    private static long Round(Action action)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 20; i++)
        {
            action();
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
