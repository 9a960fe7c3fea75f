using CloudObserve.Tests.Conventions;

namespace CloudObserve.Tests.Documentation;

public sealed class CodeBlocksTests
{
    public static TheoryData<string> Documents => [.. CodeBlock.OfDocuments.Select(b => b.Document).Distinct()];

    [Theory]
    [MemberData(nameof(Documents))]
    public void What_a_document_shows_works(string document) => Rule.Holds(
        "Readers paste what documents show.",
        CodeBlock.OfDocuments.Where(b => b.Document == document).SelectMany(CodeBlocks.Violations));

    [Fact]
    public void The_documents_are_found()
    {
        Assert.Contains("README.md", CodeBlock.OfDocuments.Select(b => b.Document));
        Assert.Contains("docs/filter-patterns.md", CodeBlock.OfDocuments.Select(b => b.Document));
    }

    [Theory]
    [InlineData("csharp", "var builder = WebApplication.CreateBuilder(args);\nbuilder.AddCloudWatch();\n",
        "docs/page.md(3): line 2: CS1061")]
    [InlineData("csharp", "var builder = WebApplication.CreateBuilder(args)\n", "docs/page.md(3): line 1: CS1002")]
    [InlineData("csharp statements", "metrics.Put(\"Orders\");\n", "docs/page.md(3): line 1: CS1501")]
    [InlineData("csharp statements", "new CloudObserve.Metrics.Aggregation.PeriodClock();\n", "docs/page.md(3): line 1: CS0122")]
    [InlineData("json", "{ \"CloudObserve\": { } ", "docs/page.md(3): Expected depth to be zero")]
    [InlineData("json", "{ \"CloudObserve\": { \"Metrics\": { \"NameSpaces\": \"Shop\" } } }",
        "CloudObserve:Metrics:NameSpaces has no effect")]
    [InlineData("json", "{ \"CloudObserve\": { \"Logs\": { \"RetentionInDays\": 31 } } }", "CloudObserve:Logs:RetentionInDays is '31'")]
    [InlineData("shell", "dotnet add package CloudObserve.Lambda\n", "no package is called CloudObserve.Lambda")]
    [InlineData("shell", "dotnet run --project samples/Bazaar\n", "samples/Bazaar is not there")]
    [InlineData("shell", "curl https://example.com\n", "nothing tests the command 'curl https://example.com'")]
    [InlineData("text", "builder.AddCloudObserve().UseAws();\n", "is C#, which nobody compiles here")]
    [InlineData("text", "first\n    .WithMetrics(m => m.Namespace = \"Shop\")\n", "is C#, which nobody compiles here")]
    [InlineData("text", "public sealed class Refunds(IAuditTrail audit)\n{\n}\n", "is C#, which nobody compiles here")]
    [InlineData("text", "[Audited(\"DeleteProduct\")]\n", "is C#, which nobody compiles here")]
    [InlineData("yaml", "a: b\n", "nothing tests a block of 'yaml'")]
    [InlineData("", "a\n", "nothing tests a block of ''")]
    public void A_planted_broken_block_is_caught(string info, string text, string named) => Rule.Catches(named, Find(info, text));

    [Theory]
    [InlineData("csharp",
        "using CloudObserve.Metrics;\n\nvar builder = WebApplication.CreateBuilder(args);\nbuilder.AddCloudObserve().UseAws();\nbuilder.Build().Run();\n")]
    [InlineData("csharp", "public sealed record Order(decimal Total);\n")]
    [InlineData("csharp statements", "await cloudObserve.FlushAsync(cancellationToken);\nSpan<int> few = stackalloc int[2];\n")]
    [InlineData("json", "{ \"CloudObserve\": { \"Destination\": \"Aws\" } } // as in appsettings.json\n")]
    [InlineData("json", "[1, 2]")]
    [InlineData("shell",
        "CLOUDOBSERVE_ACCEPT_API=1 dotnet test tests/CloudObserve.Tests --filter PublicApi\ndotnet add package CloudObserve   # the library\n.ci/run\n")]
    [InlineData("text", "anything")]
    [InlineData("text", "info: CloudObserve.Host[401]\n      Stopped with all logs delivered: 12 accepted; see the docs.\n")]
    public void What_is_sound_passes(string info, string text) => Assert.Empty(Find(info, text));

    private static IEnumerable<string> Find(string info, string text) =>
        CodeBlock.In("docs/page.md", $"# Page\n\n```{info}\n{text}{(text.EndsWith('\n') ? "" : "\n")}```\n")
            .SelectMany(CodeBlocks.Violations);
}
