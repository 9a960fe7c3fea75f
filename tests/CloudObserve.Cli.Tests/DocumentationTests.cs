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

    private async Task<string> Run(string command)
    {
        string[] words = [.. Word().Matches(command.Replace(Status, "", StringComparison.Ordinal)).Select(w => w.Value.Trim('\'', '"'))];
        Assert.Equal("cloudobserve", words[0]);
        string[] args = [.. words[1..].Select(w => File.Exists(Path.Combine(_folder.FullName, w)) ? Path.Combine(_folder.FullName, w) : w)];
        CommandRun run = await CommandRun.Of(args);
        string status = command.EndsWith(Status, StringComparison.Ordinal) ? $"{run.Status}\n" : "";
        return (run.Output + run.Error + status).ReplaceLineEndings("\n");
    }

    private static string Document()
    {
        DirectoryInfo folder = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "CloudObserve.sln")))
        {
            folder = folder.Parent!;
        }

        string text = File.ReadAllText(Path.Combine(folder.FullName, "docs", "cli.md"), Encoding.UTF8);
        return string.Concat(Console().Matches(text).Select(m => m.Groups["lines"].Value));
    }

    [GeneratedRegex(@"^```console\n(?<lines>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Console();

    [GeneratedRegex(@"^\$ (?<command>.*)\n(?<output>((?!\$ ).*\n)*)", RegexOptions.Multiline)]
    private static partial Regex Example();

    [GeneratedRegex("""'[^']*'|"[^"]*"|\S+""")]
    private static partial Regex Word();
}
