namespace CloudObserve.Tests.Documentation.Running;

/// <summary>Lists the blocks of the documents that <see cref="BlockRun"/> does not run, each with the reason.</summary>
/// <param name="Document">The document's path from the root.</param>
/// <param name="Language">The language of its blocks.</param>
/// <param name="Begins">How the line of a command begins, or for other blocks the block; nothing is every one.</param>
/// <param name="Reason">What runs it, or why it cannot be run.</param>
internal sealed record RunElsewhere(string Document, string Language, string Begins, string Reason)
{
    internal const string ByGate = "the gate does it";
    private const string ByToolTests = "the tests of the command line do it";
    private const string ByProcessTests = "the tests of the samples do it, in a process";
    private const string ByRecipesTest = "eng/recipes-test.sh does what the page says";
    private const string PackagesByGate = "eng/package-test.sh and eng/getting-started-test.sh do it";
    private const string NeedsRegistry = "it needs a package registry";

    internal static IReadOnlyList<RunElsewhere> All { get; } =
    [
        new("README.md", "shell", "dotnet run --project samples/Storefront", ByGate),
        new("README.md", "shell", "dotnet test", ByGate),
        new("CONTRIBUTING.md", "shell", "dotnet build", ByGate),
        new("CONTRIBUTING.md", "shell", "dotnet test", ByGate),
        new("CONTRIBUTING.md", "shell", ".ci/run", "it is the gate"),
        new("CONTRIBUTING.md", "shell", "dotnet run -c Release --project benchmarks/CloudObserve.LoadTests", "it takes half an hour"),
        new("CONTRIBUTING.md", "shell", "dotnet run -c Release --project benchmarks/CloudObserve.Benchmarks -- --report", ByGate),
        new("CONTRIBUTING.md", "shell", "CLOUDOBSERVE_ACCEPT_API=1 ", "it changes the repository"),
        new("docs/getting-started.md", "shell", "", "eng/getting-started-test.sh does what the page says"),
        new("src/CloudObserve/README.md", "shell", "dotnet add package", PackagesByGate),
        new("src/CloudObserve.AspNetCore/README.md", "shell", "dotnet add package", PackagesByGate),
        new("src/CloudObserve.S3/README.md", "shell", "dotnet add package", NeedsRegistry),
        new("src/CloudObserve.Monitoring/README.md", "shell", "dotnet add package", NeedsRegistry),
        new("src/CloudObserve.Testing/README.md", "shell", "dotnet add package", ByRecipesTest),
        new("src/CloudObserve.Cli/README.md", "shell", "dotnet tool install", PackagesByGate),
        new("docs/cli.md", "shell", "dotnet tool install", "eng/getting-started-test.sh does it"),
        new("docs/recipes.md", "shell", "dotnet add package AWSSDK", NeedsRegistry),
        new("docs/recipes.md", "shell", "dotnet new xunit", ByRecipesTest),
        new("docs/recipes.md", "shell", "cd Shop.Tests", ByRecipesTest),
        new("docs/recipes.md", "shell", "dotnet add package CloudObserve", ByRecipesTest),
        new("docs/recipes.md", "shell", "dotnet add package Microsoft.Extensions.Hosting", ByRecipesTest),
        new("docs/recipes.md", "shell", "dotnet test", ByRecipesTest),
        new("samples/Storefront/README.md", "shell", "dotnet run --project samples/Storefront", ByProcessTests),
        new("samples/QuickStart/README.md", "shell", "", ByProcessTests),
        new("samples/Worker/README.md", "shell", "dotnet run --project samples/Worker", ByProcessTests),
        new("samples/Lambda/README.md", "shell", "dotnet run --project samples/Lambda", ByProcessTests),
        new("samples/Lambda/README.md", "json", "{ \"orderId\"", ByProcessTests),
        new("docs/cli.md", "console", "", ByToolTests),
        new("docs/cli.md", "sh", "bucket=", ByToolTests),
        new("docs/alarms.md", "json", "{\n  \"Alarms\":", ByToolTests),
        new("docs/iam.md", "json", "", "policies are held against what the library calls, by IamPageTests"),
        new("docs/status.md", "json", "", "an answer, whose names are held against a true one"),
    ];

    /// <summary>The parts of a block that are to be run: a command each, or the block.</summary>
    internal static IEnumerable<string> Parts(CodeBlock block) => block.Language switch
    {
        "text" => [],
        "shell" => block.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(c => !c.StartsWith("cloudobserve ", StringComparison.Ordinal)),
        _ => BlockRun.Runs(block) ? [] : [block.Text],
    };

    /// <returns>What nothing runs, and what is excused although it is not there or is run.</returns>
    internal static IEnumerable<string> Violations(IEnumerable<CodeBlock> blocks, IReadOnlyList<RunElsewhere> all)
    {
        (CodeBlock Block, string Part)[] parts = [.. blocks.SelectMany(b => Parts(b).Select(p => (b, p)))];
        return
        [
            .. parts.Where(p => !all.Any(e => e.Excuses(p.Block, p.Part)))
                .Select(p => $"{p.Block.At}: nothing runs '{p.Part.Split('\n')[0]}'"),
            .. all.Where(e => !parts.Any(p => e.Excuses(p.Block, p.Part)))
                .Select(e => $"{e.Document}: there is no '{e.Language}' to excuse that begins with '{e.Begins}'"),
        ];
    }

    private bool Excuses(CodeBlock block, string part) =>
        block.Document == Document && block.Language == Language && part.StartsWith(Begins, StringComparison.Ordinal);
}
