namespace CloudObserve.Tests.Documentation.Running;

/// <summary>Blocks that compile, and are broken all the same.</summary>
public sealed class PlantedBlocksTests
{
    [Theory]
    [InlineData("csharp statements", "logger.LogInformation(\"a\");\nthrow new InvalidOperationException(\"planted\");\n",
        "docs/page.md(1): line 2: InvalidOperationException: planted")]
    [InlineData("csharp statements", "builder.AddCloudObserve().WithLogs(l => l.RetentionInDays = 31);\n",
        "CloudObserve:Logs:RetentionInDays is '31'")]
    [InlineData("csharp statements", "metrics.Put(\"Orders\", double.NaN);\n", "metrics: 1 lost as InvalidValue")]
    [InlineData("csharp statements", "app.MapGet(\"/\", () => Results.Problem());\n", "answers 500")]
    [InlineData("csharp", "using IHost host = Host.CreateApplicationBuilder(args).Build();\n", "docs/page.md(1): no host was started")]
    [InlineData("csharp", "Console.WriteLine();\nthrow new InvalidOperationException(\"planted\");\n",
        "docs/page.md(1): line 2: InvalidOperationException: planted")]
    [InlineData("csharp", "var app = WebApplication.CreateBuilder(args).Build();\napp.Run();\n",
        "No service for type 'CloudObserve.Metrics.IMetricPublisher'")]
    [InlineData("csharp", "public sealed class A\n{\n    public A() => throw new InvalidOperationException(\"planted\");\n}\n",
        "line 3: InvalidOperationException: planted")]
    [InlineData("csharp", "using Xunit;\npublic sealed class A\n{\n    [Fact]\n    public void Holds() => Assert.True(false);\n}\n",
        "line 5: TrueException")]
    [InlineData("json", "{ \"CloudObserve\": { \"AuditTrail\": { \"SigningKeyPath\": \"nowhere.pem\" } } }\n", "nowhere.pem")]
    [InlineData("json", "[ { \"name\": \"CloudObserve__Metrics__PublishInterval\", \"value\": \"soon\" } ]\n",
        "CloudObserve:Metrics:PublishInterval")]
    public async Task A_planted_broken_block_is_caught(string info, string text, string named)
    {
        CodeBlock block = Assert.Single(CodeBlock.In("docs/page.md", $"```{info}\n{text}```\n"));

        IReadOnlyList<string> faults = await BlockRun.FaultsAsync(block);

        Assert.True(BlockRun.Runs(block));
        Assert.Contains(faults, f => f.Contains(named, StringComparison.Ordinal));
    }
}
