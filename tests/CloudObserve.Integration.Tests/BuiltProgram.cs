namespace CloudObserve.Integration.Tests;

/// <summary>Finds programs of this repository that were built together with the tests.</summary>
internal static class BuiltProgram
{
    /// <param name="folders">The project's folder, from the root of the repository.</param>
    internal static string PathOf(params string[] folders)
    {
        // tests/<project>/bin/<configuration>/<framework>/, and the other project's own beside it.
        DirectoryInfo framework = new(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        DirectoryInfo configuration = framework.Parent!;
        string root = configuration.Parent!.Parent!.Parent!.Parent!.FullName;
        return Path.Combine([root, .. folders, "bin", configuration.Name, framework.Name, $"{folders[^1]}.dll"]);
    }
}
