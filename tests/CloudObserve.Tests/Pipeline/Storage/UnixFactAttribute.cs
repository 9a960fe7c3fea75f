namespace CloudObserve.Tests.Pipeline.Storage;

/// <summary>A test of what only Unix has: modes of files, pipes with names, links that anybody may make.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute()
    {
        if (OperatingSystem.IsWindows())
        {
            Skip = "It needs Unix.";
        }
    }
}
