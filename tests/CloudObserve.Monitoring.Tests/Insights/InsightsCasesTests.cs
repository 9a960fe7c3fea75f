namespace CloudObserve.Monitoring.Tests.Insights;

public sealed class InsightsCasesTests
{
    private static readonly Dictionary<string,
        InsightsCase> Cases = new[] { "worked-queries.json", "functions.json", "commands.json", "errors.json" }
        .SelectMany(InsightsCase.Read).ToDictionary(static one => one.Name);

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_query_has_its_result(string name) => Cases[name].Check(parts: 1);

    [Theory]
    [MemberData(nameof(Names))]
    public void Threads_that_read_parts_have_the_same_result(string name) => Cases[name].Check(parts: 3);
}
