namespace CloudObserve.Tests.Documentation;

/// <summary>
/// Writes <c>ConfigurationKeys.txt</c>: the keys of every package, against which the library holds the configuration at start.
/// </summary>
internal static class ConfigurationKeyFile
{
    internal static string Write() => string.Concat(
        OptionTree.Leaves.Select(PathOf).Concat(DefinitionKeys.Paths).Select(path => path + "\n").Order(StringComparer.Ordinal));

    private static string PathOf(OptionKey key) => key.ElementType is null ? key.Path : key.BelowPath;
}
