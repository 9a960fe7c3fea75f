namespace CloudObserve.Integration.Tests.Delivery;

/// <summary>A theory that sends a signal to a process. Windows has none that a test could send, so there it is skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PosixTheoryAttribute : TheoryAttribute
{
    public PosixTheoryAttribute()
    {
        if (OperatingSystem.IsWindows())
        {
            Skip = "Windows has no SIGTERM.";
        }
    }
}
