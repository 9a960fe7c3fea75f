namespace CloudObserve.Integration.Tests.Audit;

/// <summary>How often to repeat what only repetition finds: few times by default, many with <c>CLOUDOBSERVE_LONG=1</c>.</summary>
internal static class LongRuns
{
    internal static int Of(int usual, int many) => Environment.GetEnvironmentVariable("CLOUDOBSERVE_LONG") == "1" ? many : usual;
}
