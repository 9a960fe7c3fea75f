namespace CloudObserve.Tests.Conventions;

/// <summary>A rule that finds nothing to judge, or misreads what it finds, holds by accident.</summary>
public sealed class RepositoryTests
{
    [Fact]
    public void Every_source_file_is_understood() => Rule.Holds(
        "The rules read source with a parser; what it cannot parse they cannot judge.",
        SyntaxErrors([.. Repository.Source, .. Repository.Tests]));

    [Fact]
    public void Syntax_that_is_not_understood_is_caught() => Assert.NotEmpty(SyntaxErrors([new("src/P/A.cs", "class A { int = ; }")]));

    [Fact]
    public void Syntax_of_the_newest_language_is_understood() => Assert.Empty(SyntaxErrors([new(
        "src/P/A.cs",
        "static class A { extension(string s) { int Size => s.Length; } static int X { get => field; set => field = value; } }")]));

    [Fact]
    public void What_is_judged_is_found_below_every_folder()
    {
        Assert.Contains(Repository.Source, f => f.Folders.Length > 1);
        Assert.Contains(Repository.Tests, f => f.Name == nameof(RepositoryTests));
        Assert.Contains("CloudObserve", Repository.ShippedNames);
        Assert.Equal(Repository.ShippedNames.Count, Repository.ShippedAssemblies.Count);
        Assert.DoesNotContain(Repository.Source, f => f.Path.Contains("/obj/", StringComparison.Ordinal));
    }

    private static IEnumerable<string> SyntaxErrors(IEnumerable<SourceFile> files) =>
        files.SelectMany(f => f.Tree.GetDiagnostics()).Select(d => d.ToString());
}
