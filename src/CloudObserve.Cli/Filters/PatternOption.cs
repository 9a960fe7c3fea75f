using System.CommandLine;
using CloudObserve.Filters;

namespace CloudObserve.Cli.Filters;

/// <summary>Defines the option <c>--pattern</c> of all commands for patterns.</summary>
internal static class PatternOption
{
    internal static Option<string> Create(bool isRequired = true) => new("--pattern", "-p")
    {
        Description = "The filter pattern: terms, { a JSON condition } or [space-delimited fields]. An empty pattern matches every event.",
        HelpName = "PATTERN",
        Required = isRequired,
    };

    /// <summary>Reads the pattern.</summary>
    /// <exception cref="CommandException">The pattern is invalid.</exception>
    internal static FilterPattern Read(ParseResult parsed, Option<string> option)
    {
        // A missing value is a fault of the command line, which has been reported before.
        string text = parsed.GetValue(option)!;
        return FilterPattern.TryParse(text, out FilterPattern? pattern, out FilterPatternError? error)
            ? pattern : throw Invalid("the pattern is invalid", error);
    }

    internal static CommandException Invalid(string what, FilterPatternError error) =>
        new($"{what} at position {error.Position}:\n{error}");
}
