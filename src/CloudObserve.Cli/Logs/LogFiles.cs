using System.IO.Enumeration;

namespace CloudObserve.Cli.Logs;

/// <summary>Finds the files that arguments name: files, folders with all files in them, and patterns with <c>*</c> and <c>?</c>.</summary>
internal static class LogFiles
{
    // A trail's folder has files beside its records.
    private static readonly string[] OfTrail = [".pem", ".sig", ".id", ".lock", ".head", ".state", ".tmp"];

    /// <summary>Finds the files, each once, in the order of the arguments and of their names.</summary>
    /// <exception cref="CommandException">An argument names no file.</exception>
    internal static IReadOnlyList<string> Find(IEnumerable<string> arguments) =>
        [.. arguments.SelectMany(Of).Distinct(StringComparer.Ordinal)];

    private static IEnumerable<string> Of(string argument)
    {
        if (Directory.Exists(argument))
        {
            return InFolder(argument, "*");
        }

        if (File.Exists(argument) || !argument.AsSpan().ContainsAny('*', '?'))
        {
            InputFile.Check(argument);
            return [argument];
        }

        string folder = Path.GetDirectoryName(argument) is { Length: > 0 } named ? named : ".";
        string pattern = Path.GetFileName(argument);
        string[] found = Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder).Where(file => FileSystemName.MatchesSimpleExpression(pattern, Path.GetFileName(file)))]
            : [];
        return found.Length == 0
            ? throw new CommandException($"no file matches '{argument}'")
            : found.Order(StringComparer.Ordinal);
    }

    private static IEnumerable<string> InFolder(string folder, string pattern)
    {
        EnumerationOptions options = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
        string[] files = [.. Directory.EnumerateFiles(folder, pattern, options)
            .Where(static file => !Path.GetFileName(file).StartsWith('.') && !OfTrail.Contains(Path.GetExtension(file)))];
        return files.Length == 0 ? throw new CommandException($"the folder '{folder}' has no files") : files.Order(StringComparer.Ordinal);
    }
}
