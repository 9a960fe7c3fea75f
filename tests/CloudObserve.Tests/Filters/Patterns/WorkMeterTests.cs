using System.Reflection;
using CloudObserve.Filters;
using CloudObserve.Filters.Patterns;

namespace CloudObserve.Tests.Filters.Patterns;

public sealed class WorkMeterTests
{
    /// <summary>Without this, the tests that bound the work would also pass if nothing was counted.</summary>
    [Theory]
    [InlineData("x")]
    [InlineData("%[xy]%")]
    [InlineData("{ $.a = *x }")]
    [InlineData("[a, ..., b = *x]")]
    public void Work_is_counted_in_debug_builds_and_only_there(string pattern)
    {
        bool isDebugBuild = typeof(FilterPattern).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()?.Configuration == "Debug";

        WorkMeter.Reset();
        _ = FilterPattern.Parse(pattern).IsMatch("""{"a":"0123456789","b":"xxx 0123456789"}"""u8);

        Assert.Equal(isDebugBuild, WorkMeter.Steps >= 10);
    }
}
