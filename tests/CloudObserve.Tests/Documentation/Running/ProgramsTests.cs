using CloudObserve.Tests.Conventions;

namespace CloudObserve.Tests.Documentation.Running;

public sealed class ProgramsTests
{
    public static TheoryData<string> Blocks => Documented.Of(BlockKind.Program);

    [Theory]
    [MemberData(nameof(Blocks))]
    public async Task A_documented_program_runs(string place) =>
        Rule.Holds("Readers run what documents show.", await BlockRun.FaultsAsync(Documented.At(place)));
}
