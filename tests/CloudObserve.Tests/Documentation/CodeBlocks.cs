using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using CloudObserve.Tests.Conventions;
using Microsoft.Extensions.Configuration;

namespace CloudObserve.Tests.Documentation;

/// <summary>
/// Checks the code blocks of the documents: C# compiles, JSON parses, configuration is accepted, and commands name what exists.
/// </summary>
/// <remarks>
/// The tests in <c>Running</c>, and those of the command line, run the blocks. A <c>text</c> block must be the output of a program or a
/// drawing; C# must not be marked as <c>text</c> to avoid the compiler.
/// </remarks>
internal static partial class CodeBlocks
{
    /// <summary>
    /// The pages whose steps <c>eng/getting-started-test.sh</c> and <c>eng/recipes-test.sh</c> run literally, and the sample whose requests
    /// the tests of the samples send.
    /// </summary>
    private static readonly string[] FollowedPages = ["docs/getting-started.md", "docs/recipes.md", "samples/QuickStart/README.md"];

    private static readonly JsonDocumentOptions AsSettings = new() { CommentHandling = JsonCommentHandling.Skip };

    internal static IEnumerable<string> Violations(CodeBlock block) => block.Language switch
    {
        "csharp" => Snippet.Compile(block).Errors,
        "json" => JsonFaults(block),
        "shell" => block.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).SelectMany(l => CommandFaults(block, l)),
        "console" or "sh" when block.Document == "docs/cli.md" => [],
        "text" => DisguisedCode(block),
        _ => [$"{block.At}: nothing tests a block of '{block.Info}'"],
    };

    private static IEnumerable<string> JsonFaults(CodeBlock block)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(block.Text, AsSettings);
        }
        catch (JsonException exception)
        {
            return [$"{block.At}: {exception.Message}"];
        }

        using (document)
        {
            bool isSettings = document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty(CloudObserveOptions.SectionName, out _);
            return isSettings ? SettingsFaults(block) : [];
        }
    }

    private static IEnumerable<string> SettingsFaults(CodeBlock block)
    {
        IConfigurationRoot settings = new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(block.Text)))
            .Build();
        return BoundOptions.UnknownKeys(settings).Select(f => $"{block.At}: {f}")
            .Concat(BoundOptions.Faults(settings).Select(f => $"{block.At}: {f}"));
    }

    private static IEnumerable<string> CommandFaults(CodeBlock block, string line)
    {
        string command = Assignments().Replace(line, "").Split('#')[0].Trim();
        string[] words = command.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words switch
        {
            [] => [],
            ["cloudobserve", ..] => [],
            ["cd" or "curl", ..] when FollowedPages.Contains(block.Document) => [],
            ["dotnet", "build" or "test" or "new" or "format", ..] => Missing(
                words.Skip(2).Where(w => w.Contains('/', StringComparison.Ordinal))),
            ["dotnet", "run", "--project", var project, ..] => Missing([project]),
            ["dotnet", "run", ..] => [],
            ["dotnet", "add", "package", var package, ..] => Unshipped(package),
            ["dotnet", "tool", "install", "--global", var package] => Unshipped(package),
            ["dotnet", "pack", "-c", "Release", "--output", _] or ["dotnet", "nuget", "add", "source", ..]
                when FollowedPages.Contains(block.Document) => [],
            [var program] when program.Contains('/', StringComparison.Ordinal) => Missing([program]),
            _ => [$"{block.At}: nothing tests the command '{command}'"],
        };

        IEnumerable<string> Missing(IEnumerable<string> paths) =>
            paths.Where(p => !Path.Exists(Path.Combine(Repository.Root, p))).Select(p => $"{block.At}: {p} is not there");

        // Packages of the AWS SDK and of .NET are not ours to check.
        IEnumerable<string> Unshipped(string package) =>
            Repository.ShippedNames.Contains(package) || package.StartsWith("AWSSDK.", StringComparison.Ordinal)
            || package.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal) ? [] : [$"{block.At}: no package is called {package}"];
    }

    private static IEnumerable<string> DisguisedCode(CodeBlock block)
    {
        Match code = Code().Match(block.Text);
        return code.Success ? [$"{block.At}: '{code.Value.Trim()}' is C#, which nobody compiles here"] : [];
    }

    // A statement's end, a chained call, a declaration or an attribute of its own: what no output and no drawing of ours has.
    [GeneratedRegex(@"^[ ]*(.*[)}\]\w""];|\.\w+\(.*|using [\w.]+;?|(public|internal|private|await|var|new) \w.*|\[\w+(\(.*\))?\])[ ]*(//.*)?$", RegexOptions.Multiline)]
    private static partial Regex Code();

    [GeneratedRegex("^([A-Z_]+=[^ ]* )+")]
    private static partial Regex Assignments();
}
