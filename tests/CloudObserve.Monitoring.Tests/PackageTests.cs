using System.Reflection;

namespace CloudObserve.Monitoring.Tests;

public sealed class PackageTests
{
    [Fact]
    public void The_package_needs_the_core_and_the_runtime_and_no_SDK_of_AWS()
    {
        IEnumerable<string?> references = Assembly.Load("CloudObserve.Monitoring").GetReferencedAssemblies().Select(a => a.Name);

        Assert.All(references, name => Assert.Matches(@"^(CloudObserve|System\..*|Microsoft\.Extensions\..*)$", name));
    }
}
