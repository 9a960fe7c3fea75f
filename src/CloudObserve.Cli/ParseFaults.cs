using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using CloudObserve.Diagnostics;

namespace CloudObserve.Cli;

/// <summary>Describes the faults of a command line and suggests corrections.</summary>
internal static partial class ParseFaults
{
    internal static string Describe(ParseResult parsed) =>
        string.Join('\n', [.. parsed.Errors.Select(static e => WithoutTypeNames(e.Message)), .. Suggestions(parsed)]);

    /// <summary>Finds the option of a command, or of the commands above it, with the name nearest to the given one.</summary>
    /// <returns>A question to append to a message; empty if no option is near.</returns>
    internal static string DidYouMean(CommandResult command, string given) =>
        EditDistance.Nearest(given, Names(command)) is { } nearest ? $" Did you mean '{nearest}'?" : "";

    // A misspelled option is parsed as an unknown word, or as a file if the command takes files.
    private static IEnumerable<string> Suggestions(ParseResult parsed) =>
        from token in parsed.Tokens.TakeWhile(static t => t.Type != TokenType.DoubleDash)
        where token.Type == TokenType.Argument
        && (parsed.UnmatchedTokens.Contains(token.Value) || token.Value.StartsWith("--", StringComparison.Ordinal))
        let nearest = EditDistance.Nearest(token.Value, Names(parsed.CommandResult))
        where nearest is not null
        select $"'{token.Value}' is unknown. Did you mean '{nearest}'?";

    private static IEnumerable<string> Names(CommandResult command) =>
        command.Command.Subcommands.Select(static c => c.Name).Concat(command.Command.Options.Select(static o => o.Name));

    private static string WithoutTypeNames(string message) => TypeName().Replace(message, static match => match.Groups["type"].Value switch
    {
        var type when type.Contains("Int", StringComparison.Ordinal) => ": it must be a whole number.",
        var type when type.Contains("Boolean", StringComparison.Ordinal) => ": it must be true or false.",
        var type when type.Contains("Double", StringComparison.Ordinal) || type.Contains("Decimal", StringComparison.Ordinal) =>
            ": it must be a number.",
        _ => ": it is not one of the values.",
    });

    [GeneratedRegex(" as expected type '(?<type>[^']*)'\\.?")]
    private static partial Regex TypeName();
}
