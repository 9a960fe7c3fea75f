namespace CloudObserve.Monitoring.Tests.Events;

/// <summary>
/// The number of repetitions for faults that only repetition finds: few by default, many with <c>CLOUDOBSERVE_LONG=1</c>.
/// </summary>
internal static class LongRuns
{
    internal static int Of(int usual, int many) => Environment.GetEnvironmentVariable("CLOUDOBSERVE_LONG") == "1" ? many : usual;
}
