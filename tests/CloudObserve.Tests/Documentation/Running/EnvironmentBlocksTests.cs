using CloudObserve.Testing;
using CloudObserve.Tests.Conventions;
using CloudObserve.Tests.Sinks.CloudWatch;

namespace CloudObserve.Tests.Documentation.Running;

/// <summary>
/// Statements that ask the machine who it is. What it answers belongs to the whole process, so nothing else runs meanwhile.
/// </summary>
[Collection(EnvironmentGroup.Name)]
public sealed class EnvironmentBlocksTests : IDisposable
{
    private static readonly (string Name, string Value)[] Role =
    [
        ("AWS_ACCESS_KEY_ID", ScriptedCloudWatch.AccessKeyId), ("AWS_SECRET_ACCESS_KEY", ScriptedCloudWatch.SecretAccessKey),
        ("AWS_EC2_METADATA_DISABLED", "true"),
    ];

    private readonly string?[] _before = [.. Role.Select(v => Environment.GetEnvironmentVariable(v.Name))];

    public EnvironmentBlocksTests() => Array.ForEach(Role, v => Environment.SetEnvironmentVariable(v.Name, v.Value));

    public static TheoryData<string> Blocks => Documented.Of(BlockKind.Statements, asksMachine: true);

    public void Dispose()
    {
        foreach (((string name, _), string? before) in Role.Zip(_before))
        {
            Environment.SetEnvironmentVariable(name, before);
        }
    }

    [Theory]
    [MemberData(nameof(Blocks))]
    public async Task Documented_statements_run(string place) =>
        Rule.Holds("Readers paste what documents show.", await BlockRun.FaultsAsync(Documented.At(place)));
}
