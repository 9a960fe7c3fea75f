using System.Reflection;

namespace CloudObserve.Monitoring.Tests;

public sealed class PackageTests
{
    [Fact]
    public void The_package_needs_the_core_the_runtime_and_of_AWS_only_the_core_of_its_SDK()
    {
        IEnumerable<string?> references = Assembly.Load("CloudObserve.Monitoring").GetReferencedAssemblies().Select(a => a.Name);

        Assert.All(references, name => Assert.Matches(@"^(CloudObserve|System\..*|Microsoft\.Extensions\..*|AWSSDK\.Core)$", name));
    }
}
