using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using CloudObserve.Diagnostics;

namespace CloudObserve.Cli;

/// <summary>Says in words what is wrong with a command line, and what was probably meant.</summary>
internal static partial class ParseFaults
{
    internal static string Describe(ParseResult parsed) => string.Join('\n', [.. parsed.Errors.Select(static e => WithoutTypeNames(e.Message)), .. Suggestions(parsed)]);

    /// <summary>Finds the option of a command, or of those above it, whose name is nearest to what was given.</summary>
    /// <returns>A question to append to a message; empty when no option is near.</returns>
    internal static string DidYouMean(CommandResult command, string given) =>
        EditDistance.Nearest(given, Names(command)) is { } nearest ? $" Did you mean '{nearest}'?" : "";

    // An option with a typing error is taken for an unknown word, or for a file where the command takes files.
    private static IEnumerable<string> Suggestions(ParseResult parsed) =>
        from token in parsed.Tokens.TakeWhile(static t => t.Type != TokenType.DoubleDash)
        where token.Type == TokenType.Argument && (parsed.UnmatchedTokens.Contains(token.Value) || token.Value.StartsWith("--", StringComparison.Ordinal))
        let nearest = EditDistance.Nearest(token.Value, Names(parsed.CommandResult))
        where nearest is not null
        select $"'{token.Value}' is unknown here. Did you mean '{nearest}'?";

    private static IEnumerable<string> Names(CommandResult command) =>
        command.Command.Subcommands.Select(static c => c.Name).Concat(command.Command.Options.Select(static o => o.Name));

    private static string WithoutTypeNames(string message) => TypeName().Replace(message, static match => match.Groups["type"].Value switch
    {
        var type when type.Contains("Int", StringComparison.Ordinal) => ": it must be a whole number.",
        var type when type.Contains("Boolean", StringComparison.Ordinal) => ": it must be true or false.",
        _ => ": it must be a number.",
    });

    [GeneratedRegex(" as expected type '(?<type>[^']*)'\\.?")]
    private static partial Regex TypeName();
}
