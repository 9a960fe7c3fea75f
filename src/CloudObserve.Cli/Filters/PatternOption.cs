using System.CommandLine;
using CloudObserve.Filters;

namespace CloudObserve.Cli.Filters;

/// <summary>The option <c>--pattern</c>, which every command on patterns has.</summary>
internal static class PatternOption
{
    internal static Option<string> Create() => new("--pattern", "-p")
    {
        Description = "The filter pattern: terms, { a JSON condition } or [space-delimited fields]. An empty one matches every event.",
        HelpName = "PATTERN",
        Required = true,
    };

    /// <summary>Reads the pattern.</summary>
    /// <exception cref="CommandException">It is none.</exception>
    internal static FilterPattern Read(ParseResult parsed, Option<string> option)
    {
        // An option without a value is an error of the command line, found before this.
        string text = parsed.GetValue(option)!;
        return FilterPattern.TryParse(text, out FilterPattern? pattern, out FilterPatternError? error) ? pattern : throw Invalid("the pattern is invalid", error);
    }

    internal static CommandException Invalid(string what, FilterPatternError error) => new($"{what} at position {error.Position}:\n{error}");
}
