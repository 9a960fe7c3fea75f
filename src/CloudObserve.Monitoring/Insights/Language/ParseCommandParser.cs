using System.Text;
using System.Text.RegularExpressions;

namespace CloudObserve.Monitoring.Insights.Language;

/// <summary>Parses the command <c>parse</c>.</summary>
/// <param name="tokens">The tokens.</param>
/// <param name="expressions">Parses expressions.</param>
internal sealed class ParseCommandParser(QueryTokens tokens, QueryExpressionParser expressions)
{
    private static readonly string[] Formats = ["logfmt", "csv", "xml", "json"];

    /// <summary>Parses what follows the word <c>parse</c>.</summary>
    internal QueryCommand Parse(int position)
    {
        QueryNode source = new QueryNode.Field(position, "@message");
        tokens.ExpectRegex();
        if (!IsPattern && !Formats.Any(tokens.Current.IsWord))
        {
            source = expressions.Value();
            tokens.ExpectRegex();
        }

        if (Formats.FirstOrDefault(tokens.Current.IsWord) is { } format)
        {
            QueryToken word = tokens.Take();
            tokens.ExpectRegex();
            bool isField = source.Position == position && IsPattern && format is not ("xml" or "json");
            return isField ? Pattern(position, new QueryNode.Field(word.Start, word.Text)) : Format(position, source, format);
        }

        return Pattern(position, source);
    }

    private bool IsPattern => tokens.Current.Kind is QueryTokenKind.Text or QueryTokenKind.Regex;

    private QueryCommand Pattern(int position, QueryNode source)
    {
        QueryToken pattern = tokens.Current;
        return pattern.Kind switch
        {
            QueryTokenKind.Text => Glob(position, source, tokens.Take()),
            QueryTokenKind.Regex => Regex(position, source, tokens.Take()),
            _ => throw tokens.Unexpected("a text with * or a regular expression between slashes"),
        };
    }

    private QueryCommand.ParseGlob Glob(int position, QueryNode source, QueryToken pattern)
    {
        List<string> literals = Literals(pattern.Text);
        tokens.TakeWord("as");
        List<string> names = Names();
        return names.Count == literals.Count - 1
            ? new QueryCommand.ParseGlob(position, source, literals, names)
            : throw new QuerySyntaxException(
                pattern.Start, $"the pattern has {literals.Count - 1} * but {names.Count} names; each * needs one name");
    }

    // A backslash escapes a star.
    private static List<string> Literals(string pattern)
    {
        List<string> literals = [];
        StringBuilder literal = new();
        for (int i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == '*')
            {
                literals.Add(literal.ToString());
                _ = literal.Clear();
                continue;
            }

            i += pattern[i] == '\\' && i + 1 < pattern.Length && pattern[i + 1] == '*' ? 1 : 0;
            _ = literal.Append(pattern[i]);
        }

        literals.Add(literal.ToString());
        return literals;
    }

    private QueryCommand.ParseRegex Regex(int position, QueryNode source, QueryToken pattern)
    {
        Regex regex = QueryRegex.Compile(pattern.Text, pattern.Start + 1);
        bool hasName = regex.GetGroupNames().Any(static name => !char.IsAsciiDigit(name[0]));
        return hasName
            ? new QueryCommand.ParseRegex(position, source, regex, tokens.TryTakeWord("multi"))
            : throw new QuerySyntaxException(pattern.Start, "the regular expression has no named group such as (?<name>…)");
    }

    private QueryCommand.ParseFormat Format(int position, QueryNode source, string format)
    {
        if (format == "json" && tokens.TryTakeWord("field"))
        {
            tokens.TakeSymbol("=");
            source = expressions.Value();
        }

        string path = format is "xml" or "json" ? tokens.TakeText("the path of the value between quotation marks") : "";
        tokens.TakeWord("as");
        List<string> names = Names();
        return format == "csv" || names.Count == 1
            ? new QueryCommand.ParseFormat(position, source, format, path, names)
            : throw new QuerySyntaxException(position, $"parse {format} makes one value, so it takes one name and not {names.Count}");
    }

    private List<string> Names()
    {
        List<string> names = [tokens.TakeName("a name")];
        while (tokens.TryTakeSymbol(","))
        {
            names.Add(tokens.TakeName("a name"));
        }

        return names;
    }
}
