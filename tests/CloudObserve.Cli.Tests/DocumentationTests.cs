using System.Text;
using System.Text.RegularExpressions;

namespace CloudObserve.Cli.Tests;

/// <summary>The examples of the documentation do what it shows.</summary>
public sealed partial class DocumentationTests : IDisposable
{
    private const string Status = "; echo $?";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cloudobserve-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Every_example_prints_what_it_shows()
    {
        int examples = 0;
        foreach (Match example in Example().Matches(Document()))
        {
            string command = example.Groups["command"].Value;
            string shown = example.Groups["output"].Value;
            if (command.StartsWith("cat ", StringComparison.Ordinal))
            {
                await File.WriteAllTextAsync(Path.Combine(_folder.FullName, command[4..]), shown);
                continue;
            }

            examples++;
            Assert.Equal((command, shown), (command, await Run(command)));
        }

        Assert.True(examples >= 6, $"{examples} examples were found.");
    }

    [Fact]
    public async Task Every_command_of_a_document_is_one_that_the_tool_understands()
    {
        string[] commands = [.. Documents().SelectMany(d => Shell().Matches(d)).SelectMany(b => Command().Matches(b.Groups["lines"].Value)).Select(c => c.Groups["args"].Value)];

        Assert.NotEmpty(commands);
        foreach (string command in commands)
        {
            Assert.True(await IsUnderstoodAsync(command), command);
        }
    }

    [Fact]
    public async Task A_planted_option_that_is_not_there_is_noticed() => Assert.False(await IsUnderstoodAsync("trail lookup audit --tail"));

    // What it names is not here, so it fails; but only a command line that is not understood is answered with the way to its help.
    private static async Task<bool> IsUnderstoodAsync(string command) =>
        !(await CommandRun.Of(Words(command))).Error.Contains("--help'", StringComparison.Ordinal);

    private async Task<string> Run(string command)
    {
        string[] words = Words(command.Replace(Status, "", StringComparison.Ordinal));
        Assert.Equal("cloudobserve", words[0]);
        string[] args = [.. words[1..].Select(w => File.Exists(Path.Combine(_folder.FullName, w)) ? Path.Combine(_folder.FullName, w) : w)];
        CommandRun run = await CommandRun.Of(args);
        string status = command.EndsWith(Status, StringComparison.Ordinal) ? $"{run.Status}\n" : "";
        return (run.Output + run.Error + status).ReplaceLineEndings("\n");
    }

    private static string[] Words(string command) => [.. Word().Matches(command).Select(w => w.Value.Trim('\'', '"'))];

    private static string Document() =>
        string.Concat(Console().Matches(File.ReadAllText(Path.Combine(Root(), "docs", "cli.md"), Encoding.UTF8)).Select(m => m.Groups["lines"].Value));

    private static IEnumerable<string> Documents() =>
        Directory.EnumerateFiles(Root(), "*.md").Concat(Directory.EnumerateFiles(Path.Combine(Root(), "docs"), "*.md")).Select(f => File.ReadAllText(f, Encoding.UTF8));

    private static string Root()
    {
        DirectoryInfo folder = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "CloudObserve.sln")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }

    [GeneratedRegex(@"^```console\n(?<lines>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Console();

    [GeneratedRegex(@"^```shell\r?\n(?<lines>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Shell();

    [GeneratedRegex("^cloudobserve (?<args>[^|#\\r\\n]*)", RegexOptions.Multiline)]
    private static partial Regex Command();

    [GeneratedRegex(@"^\$ (?<command>.*)\n(?<output>((?!\$ ).*\n)*)", RegexOptions.Multiline)]
    private static partial Regex Example();

    [GeneratedRegex("""'[^']*'|"[^"]*"|\S+""")]
    private static partial Regex Word();
}
