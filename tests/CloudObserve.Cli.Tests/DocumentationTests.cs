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
    public async Task Every_command_of_a_document_does_its_work()
    {
        string[] commands = [
            .. Documents().SelectMany(d => Shell().Matches(d)).SelectMany(b => Command().Matches(b.Groups["lines"].Value))
                .Select(c => c.Groups["args"].Value)];
        await DocumentedFiles.MakeAsync(_folder.FullName, Documents());

        Assert.True(commands.Length >= 8, $"{commands.Length} commands were found.");
        foreach (string command in commands)
        {
            CommandRun run = await CommandRun.Of(InFolder(Words(command)));
            Assert.Equal((command, ExitStatus.Success, ""), (command, run.Status, run.Error));
            Assert.NotEqual("", run.Output);
        }
    }

    [Theory]
    [InlineData("trail lookup audit --tail", "Unrecognized command or argument '--tail'")]
    [InlineData("trail lookup audit --event-name Nothing", "")]
    [InlineData("trail verify audit --public-key gone.pem", "")]
    [InlineData("cost --report audit.log", "audit.log")]
    [InlineData("cost --report morning.json --since noon.json", "--since must be an earlier status")]
    public async Task A_planted_command_that_does_not_do_its_work_is_noticed(string command, string error)
    {
        await DocumentedFiles.MakeAsync(_folder.FullName, Documents());

        CommandRun run = await CommandRun.Of(InFolder(Words(command)));

        Assert.NotEqual(ExitStatus.Success, run.Status);
        Assert.Contains(error, run.Error, StringComparison.Ordinal);
    }

    private async Task<string> Run(string command)
    {
        string[] words = Words(command.Replace(Status, "", StringComparison.Ordinal));
        Assert.Equal("cloudobserve", words[0]);
        CommandRun run = await CommandRun.Of(InFolder(words[1..]));
        string status = command.EndsWith(Status, StringComparison.Ordinal) ? $"{run.Status}\n" : "";

        // A command that names its file got the path in the folder.
        return (run.Output + run.Error + status).ReplaceLineEndings("\n")
            .Replace(_folder.FullName + Path.DirectorySeparatorChar, "", StringComparison.Ordinal);
    }

    // Also a path from the root is one below the folder, if it is there.
    private string[] InFolder(string[] words) =>
        [.. words.Select(w => InFolder(w, w.IndexOf('=', StringComparison.Ordinal) + 1))];

    // Also the file of a word such as m1=orders.csv.
    private string InFolder(string word, int start)
    {
        string path = Path.Combine(_folder.FullName, word[start..].TrimStart('/'));
        return start < word.Length && Path.Exists(path) ? word[..start] + path : word;
    }

    private static string[] Words(string command) => [.. Word().Matches(command).Select(w => w.Value.Trim('\'', '"'))];

    private static string Document() =>
        string.Concat(Console().Matches(File.ReadAllText(Path.Combine(Root(), "docs", "cli.md"), Encoding.UTF8))
            .Select(m => m.Groups["lines"].Value));

    private static IEnumerable<string> Documents() =>
        Directory.EnumerateFiles(Root(), "*.md").Concat(Directory.EnumerateFiles(Path.Combine(Root(), "docs"), "*.md"))
            .Select(f => File.ReadAllText(f, Encoding.UTF8));

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
