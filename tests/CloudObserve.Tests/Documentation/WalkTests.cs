using System.Reflection;
using System.Text.RegularExpressions;
using CloudObserve.Tests.Conventions;

namespace CloudObserve.Tests.Documentation;

/// <summary>Holds the tables of ARCHITECTURE that follow an item from the call to the wire.</summary>
public sealed partial class WalkTests
{
    private const int MaxSteps = 12;

    private const BindingFlags Any =
        BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly ILookup<string, Type> Types =
        typeof(ICloudObserve).Assembly.GetTypes().ToLookup(type => type.Name, StringComparer.Ordinal);

    [Fact]
    public void Every_type_and_member_on_the_way_exists_and_no_way_is_longer_than_twelve_steps()
    {
        string text = Repository.ReadText("docs/ARCHITECTURE.md").ReplaceLineEndings("\n");
        string[] tables = [.. Tables().Matches(text).Select(match => match.Value)];

        Assert.Equal(3, tables.Length);
        Rule.Holds("A reader follows the tables through the code.", tables.SelectMany(Violations));
    }

    [Fact]
    public void Names_that_do_not_exist_and_too_many_steps_are_found()
    {
        string table = "| | A thing | |\n|---|---|---|\n"
            + string.Concat(Enumerable.Range(1, 13).Select(i => $"| {i} | `LogPump.ReadAll` | reads |\n"))
            + "| 14 | `LogPump.ReadNothing` | reads |\n| 15 | `NoSuchType` | reads |\n";

        Assert.Equal(
            ["15 steps, at most 12", "LogPump.ReadNothing does not exist", "NoSuchType does not exist"],
            Violations(table).Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Violations(string table)
    {
        int steps = table.Split('\n').Count(line => Step().IsMatch(line));
        if (steps > MaxSteps)
        {
            yield return $"{steps} steps, at most {MaxSteps}";
        }

        foreach (Match match in Name().Matches(table))
        {
            string type = match.Groups["type"].Value;
            string member = match.Groups["member"].Value;
            if (!Types[type].Any(found => member.Length == 0 || found.GetMember(member, Any).Length > 0))
            {
                yield return $"{(member.Length == 0 ? type : $"{type}.{member}")} does not exist";
            }
        }
    }

    [GeneratedRegex(@"^\| \| An? [^|]+\| \|\n(\|.*\n)+", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Tables();

    [GeneratedRegex(@"^\| [0-9]+ \|", RegexOptions.ExplicitCapture)]
    private static partial Regex Step();

    [GeneratedRegex(@"`(?<type>[A-Z]\w+)(\.(?<member>\w+))?`", RegexOptions.ExplicitCapture)]
    private static partial Regex Name();
}
