namespace CloudObserve.Integration.Tests.Hosts;

/// <summary>A test that needs a machine on which the variable TZ sets the time zone, and which knows time zones at all.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PosixZoneTheoryAttribute : TheoryAttribute
{
    public PosixZoneTheoryAttribute()
    {
        if (OperatingSystem.IsWindows() || !TimeZoneInfo.TryFindSystemTimeZoneById("Europe/Berlin", out _))
        {
            Skip = "It needs the variable TZ and the data of time zones.";
        }
    }
}
