using CloudObserve.Tests.Conventions;

namespace CloudObserve.Tests.Documentation.Running;

public sealed class StatementsTests
{
    public static TheoryData<string> Blocks => Documented.Of(BlockKind.Statements, asksMachine: false);

    [Theory]
    [MemberData(nameof(Blocks))]
    public async Task Documented_statements_run(string place) =>
        Rule.Holds("Readers paste what documents show.", await BlockRun.FaultsAsync(Documented.At(place)));
}
