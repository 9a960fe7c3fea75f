using System.Text.RegularExpressions;

namespace CloudObserve.Tests.Filters.Reference;

/// <summary>Writes regular expressions in the service's dialect, and remembers what each is in that of .NET.</summary>
internal sealed class ReferenceRegex(Random random)
{
    private readonly Dictionary<string, string> _known = [];

    /// <summary>
    /// Asks the framework's engine. It takes a character beyond 16 bits for two, so it is shown another one in its place.
    /// </summary>
    internal bool IsMatch(string source, string text) =>
        Regex.IsMatch(text.Replace("😀", "日", StringComparison.Ordinal), _known[source], RegexOptions.NonBacktracking
            | RegexOptions.CultureInvariant);

    internal string Next()
    {
        (string ours, string theirs) = Branches();
        if (ours.Length == 0)
        {
            return Next();
        }

        _known[ours] = theirs;
        return ours;
    }

    private (string Ours, string Theirs) Branches()
    {
        (string Ours, string Theirs)[] branches = [.. Enumerable.Range(0, random.Pick(1, 1, 2, 3)).Select(_ => Branch())];
        return (string.Join('|', branches.Select(static branch => branch.Ours)),
            string.Join('|', branches.Select(static branch => branch.Theirs)));
    }

    private (string Ours, string Theirs) Branch()
    {
        string ours = string.Empty;
        string theirs = string.Empty;
        for (int i = random.Next(6); i >= 0; i--)
        {
            (string nextOurs, string nextTheirs) = random.Next(12) switch
            {
                0 => ("^", @"\A"),
                1 => ("$", @"\z"),
                _ => Repeated(),
            };
            ours += nextOurs;
            theirs += nextTheirs;
        }

        return (ours, theirs);
    }

    private (string Ours, string Theirs) Repeated()
    {
        (string set, string theirs) = random.Next(8) switch
        {
            0 => (".", "[^\n]"),
            1 => (@"\x2e", @"\x2e"),
            2 => Escape(),
            3 or 4 => Class(),
            _ => Same(random.Pick("a", "b", "c", " ", "1", "-", @"\.", @"\*", ":")),
        };
        int least = random.Next(4);
        int most = least + random.Next(random.Chance(4) ? 40 : 4);
        string bounds = random.Next(9) switch
        {
            0 => "*",
            1 => "+",
            2 => "?",
            3 => $"{{{least}}}",
            4 => $"{{{least},}}",
            5 => $"{{{least},{most}}}",
            6 => $"{{,{most}}}",
            _ => string.Empty,
        };
        return (set + bounds, theirs + bounds.Replace("{,", "{0,", StringComparison.Ordinal));
    }

    private (string Ours, string Theirs) Escape() =>
        random.Pick((@"\d", "[0-9]"), (@"\D", "[^0-9]"), (@"\s", "[ \t\n]"), (@"\S", "[^ \t\n]"), (@"\w", "[a-zA-Z_0-9]"),
            (@"\W", "[^a-zA-Z_0-9]"));

    private (string Ours, string Theirs) Class()
    {
        string members = random.Join(1, 3, () => random.Pick("a", "b", "a-c", "0-9", "1", " ", ".", "*", "_", @"\]", @"\x41-\x5A"));
        string negation = random.Pick(string.Empty, "^");
        return Same($"[{negation}{members}{random.Pick(string.Empty, "-")}]");
    }

    private static (string Ours, string Theirs) Same(string text) => (text, text);
}
