using CloudObserve.Tests.Conventions;

namespace CloudObserve.Tests.Documentation.Running;

public sealed class TypesTests
{
    public static TheoryData<string> Blocks => Documented.Of(BlockKind.Types);

    [Theory]
    [MemberData(nameof(Blocks))]
    public async Task Documented_types_run(string place) =>
        Rule.Holds("Readers paste what documents show.", await BlockRun.FaultsAsync(Documented.At(place)));
}
