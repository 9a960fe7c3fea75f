using CloudObserve.Tests.Conventions;

namespace CloudObserve.Tests.Documentation.Running;

public sealed class SettingsTests
{
    public static TheoryData<string> Blocks =>
        [.. CodeBlock.OfDocuments.Where(b => b.Language == "json" && BlockRun.Runs(b)).Select(b => b.At)];

    [Theory]
    [MemberData(nameof(Blocks))]
    public async Task Documented_settings_run(string place) =>
        Rule.Holds("Readers take over the settings that documents show.", await BlockRun.FaultsAsync(Documented.At(place)));
}
