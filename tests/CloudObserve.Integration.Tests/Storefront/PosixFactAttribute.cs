namespace CloudObserve.Integration.Tests.Storefront;

/// <summary>A test that sends a signal to a process. Windows has none that a test could send, so there it is skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PosixFactAttribute : FactAttribute
{
    public PosixFactAttribute()
    {
        if (OperatingSystem.IsWindows())
        {
            Skip = "Windows has no SIGTERM.";
        }
    }
}
