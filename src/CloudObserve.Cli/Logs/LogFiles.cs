using System.IO.Enumeration;

namespace CloudObserve.Cli.Logs;

/// <summary>Finds the files that arguments name: files, folders with all files in them, and patterns with <c>*</c> and <c>?</c>.</summary>
internal static class LogFiles
{
    // A trail's folder has files beside its records.
    private static readonly string[] OfTrail = [".pem", ".sig", ".id", ".lock", ".head", ".state", ".tmp"];

    /// <summary>Finds the files, each once, in the order of the arguments and of their names.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <param name="tell">Receives the fault of an argument that names no file.</param>
    internal static IReadOnlyList<string> Find(IEnumerable<string> arguments, Action<string> tell) =>
        [.. arguments.SelectMany(argument => Of(argument, tell)).Distinct(StringComparer.Ordinal)];

    private static IEnumerable<string> Of(string argument, Action<string> tell)
    {
        if (Directory.Exists(argument))
        {
            return Told(InFolder(argument, "*"), $"the folder '{argument}' has no files", tell);
        }

        if (File.Exists(argument) || !argument.AsSpan().ContainsAny('*', '?'))
        {
            string? fault = InputFile.Fault(argument);
            return Told(fault is null ? [argument] : [], fault ?? "", tell);
        }

        string folder = Path.GetDirectoryName(argument) is { Length: > 0 } named ? named : ".";
        string pattern = Path.GetFileName(argument);
        string[] found = Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder).Where(file => FileSystemName.MatchesSimpleExpression(pattern, Path.GetFileName(file)))]
            : [];
        return Told(found, $"no file matches '{argument}'", tell);
    }

    private static IEnumerable<string> Told(string[] found, string fault, Action<string> tell)
    {
        if (found.Length == 0)
        {
            tell(fault);
        }

        return found.Order(StringComparer.Ordinal);
    }

    private static string[] InFolder(string folder, string pattern)
    {
        EnumerationOptions options = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
        return [.. Directory.EnumerateFiles(folder, pattern, options)
            .Where(static file => !Path.GetFileName(file).StartsWith('.') && !OfTrail.Contains(Path.GetExtension(file)))];
    }
}
