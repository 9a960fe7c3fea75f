using System.Reflection;

namespace CloudObserve.Tests.Conventions;

/// <summary>The files that the rules check: everything below the repository's root, found by searching and never listed.</summary>
internal static class Repository
{
    private static readonly string[] NotOurs = ["bin", "obj", "artifacts", "TestResults", "BenchmarkDotNet.Artifacts", ".git"];

    internal static string Root { get; } = FindRoot();

    internal static IReadOnlyList<SourceFile> Source { get; } = Read("src");

    internal static IReadOnlyList<SourceFile> Tests { get; } = Read("tests");

    internal static IReadOnlyList<SourceFile> Samples { get; } = Read("samples");

    internal static IReadOnlyList<SourceFile> Benchmarks { get; } = Read("benchmarks");

    internal static IReadOnlyList<string> ShippedProjectFiles { get; } = [.. Files("src", "*.csproj")];

    internal static IReadOnlyList<string> ShippedNames { get; } = [.. ShippedProjectFiles.Select(p => Path.GetFileNameWithoutExtension(p))];

    internal static IReadOnlyList<Assembly> ShippedAssemblies { get; } = [.. ShippedNames.Select(n => Assembly.Load(n))];

    /// <summary>Paths below a folder of the repository, from its root and with forward slashes, in a fixed order.</summary>
    internal static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(Root, f).Replace('\\', '/'))
            .Where(f => !f.Split('/').Intersect(NotOurs).Any())
            .Order(StringComparer.Ordinal);

    internal static string ReadText(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static List<SourceFile> Read(string folder) => [.. Files(folder, "*.cs").Select(f => new SourceFile(f, ReadText(f)))];

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "CloudObserve.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName
            ?? throw new InvalidOperationException(
                "The tests run outside the repository: no CloudObserve.sln above " + AppContext.BaseDirectory);
    }
}
