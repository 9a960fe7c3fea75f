namespace CloudObserve.Tests.Conventions;

public sealed class SatelliteAccessTests
{
    private static readonly string[] Shipped = ["CloudObserve", "CloudObserve.Testing"];

    [Fact]
    public void A_satellite_uses_only_public_API()
    {
        IEnumerable<(string, string)> projects = Repository.ShippedProjectFiles.Concat(Repository.Files(".", "Directory.Build.*"))
            .Select(p => (p, Repository.ReadText(p)));
        Rule.Holds(
            "No InternalsVisibleTo between projects that ship.",
            SatelliteAccess.InProjects(projects, Repository.ShippedNames)
                .Concat(SatelliteAccess.InSource(Repository.Source, Repository.ShippedNames)));
    }

    [Fact]
    public void A_planted_friend_in_a_project_file_is_caught() => Rule.Catches(
        "CloudObserve.csproj: shows its internals to CloudObserve.Testing",
        SatelliteAccess.InProjects(
            [("CloudObserve.csproj",
                "<Project><ItemGroup><InternalsVisibleTo Include=\"CloudObserve.Tests\" /><InternalsVisibleTo Include=\"CloudObserve.Testing\" /></ItemGroup></Project>")], Shipped));

    [Fact]
    public void A_planted_friend_in_source_is_caught() => Rule.Catches(
        "shows its internals to CloudObserve.Testing",
        SatelliteAccess.InSource(
            [new("src/CloudObserve/A.cs", "[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"CloudObserve.Testing\")]")],
            Shipped));
}
