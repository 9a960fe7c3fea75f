using System.Globalization;

namespace CloudObserve.Cli.Trails;

/// <summary>Describes, for a directory that is not a trail, which files were expected and which were found.</summary>
internal static class UnrecognizedTrail
{
    // Enough to recognize the directory, which may be a whole disk.
    private const int MaxCounted = 10_000;
    private const int MaxNamed = 3;

    private static readonly EnumerationOptions Everything = new()
    {
        RecurseSubdirectories = true,
        IgnoreInaccessible = true,
        AttributesToSkip = FileAttributes.ReparsePoint,
    };

    internal static CommandException Of(string directory) => new(
        $"""
        nothing in '{Printable.Of(directory)}' is recognized as an audit trail
        looked for: journal/active.jsonl of a trail, and, in the directory and everything below it, files with names that CloudTrail gives:
                    ACCOUNT_CloudTrail_REGION_TIME_UNIQUE.json.gz, or without .gz
        found:      {Found(directory)}
        """.ReplaceLineEndings("\n"));

    private static string Found(string directory)
    {
        string[] paths =
        [
            .. Directory.EnumerateFiles(directory, "*", Everything).Where(static path => Path.GetFileName(path) != ".gitignore")
                .Take(MaxCounted + 1),
        ];
        if (paths.Length == 0)
        {
            return "no file at all";
        }

        IEnumerable<string> names = paths.Select(path => Printable.Of(Path.GetRelativePath(directory, path))).Order(StringComparer.Ordinal)
            .Take(MaxNamed);
        string count = paths.Length > MaxCounted ? "more than 10,000 other files" : paths.Length == 1
            ? "1 other file" : string.Create(CultureInfo.InvariantCulture, $"{paths.Length:N0} other files");
        return $"{count}, such as {string.Join(", ", names)}";
    }
}
