namespace CloudObserve.Tests.Conventions;

public sealed class HostingComposesTests
{
    [Fact]
    public void Hosting_only_composes() => Rule.Holds(
        "Move what works to the folder of its signal, or to the pipeline, and create it in Hosting.",
        HostingComposes.Violations(Repository.Source));

    [Fact]
    public void The_folder_that_is_judged_is_there() =>
        Assert.Contains(Repository.Source, f => f.Path.StartsWith("src/CloudObserve/Hosting/", StringComparison.Ordinal));

    [Theory]
    [InlineData("readonly Lock _lock = new();")]
    [InlineData("void M() { lock (this) { } }")]
    [InlineData("void M() => new Thread(M).Start();")]
    [InlineData("void M() => _ = BackgroundLoop.StartThread(M);")]
    [InlineData("void M() => _ = Task.Run(M);")]
    [InlineData("async Task M() => await Task.Delay(1);")]
    [InlineData("async Task M() { while (true) { await N(); } }")]
    [InlineData("readonly HttpClient _client = new();")]
    [InlineData("void M(TimeProvider time) => time.CreateTimer(null!, null, default, default);")]
    public void A_planted_worker_is_caught(string member) => Assert.NotEmpty(HostingComposes.Violations(
        [new("src/CloudObserve/Hosting/Worker.cs", $"namespace CloudObserve.Hosting; class Worker {{ {member} }}")]));

    [Theory]
    [InlineData("src/CloudObserve/Hosting/Good.cs", "async Task M() { await N(); } void Run() { while (Read()) { } }")]
    [InlineData("src/CloudObserve/Pipeline/Worker.cs", "readonly Lock _lock = new();")]
    public void Composition_and_other_folders_pass(string path, string members) => Assert.Empty(HostingComposes.Violations(
        [new(path, $"class Good {{ {members} }}")]));
}
