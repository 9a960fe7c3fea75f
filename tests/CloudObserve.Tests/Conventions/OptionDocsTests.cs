namespace CloudObserve.Tests.Conventions;

public sealed class OptionDocsTests
{
    [Fact]
    public void Every_option_states_its_default_and_tells_the_truth() => Rule.Holds(
        "Each settable property of a public *Options type has a <value> with \"The default is ...\".",
        Repository.ShippedAssemblies.SelectMany(a => OptionDocs.Violations(a, XmlDocs.Of(a))));

    [Theory]
    [InlineData("public int X { get; set; }", "has no <value>")]
    [InlineData("/// <value>1 to 4.</value>\npublic int X { get; set; }", "states no default")]
    [InlineData("/// <value>The default is 5.</value>\npublic int X { get; set; } = 4;", "the code has 4")]
    [InlineData("/// <value>The default is five.</value>\npublic int X { get; set; } = 5;", "the code has 5")]
    [InlineData("/// <value>The default is 64 KiB.</value>\npublic int X { get; set; } = 64 * 1024 * 1024;", "the code has 67108864")]
    [InlineData("/// <value>The default is 1 second.</value>\npublic TimeSpan X { get; set; } = TimeSpan.FromMinutes(1);",
        "the code has 00:01:00")]
    [InlineData("/// <value>The default is <see langword=\"true\"/>.</value>\npublic bool X { get; init; }", "the code has False")]
    [InlineData("/// <value>The default is <see cref=\"DayOfWeek.Friday\"/>.</value>\npublic DayOfWeek X { get; set; }",
        "the code has Sunday")]
    [InlineData("/// <value>The default is 3.</value>\npublic int? X { get; set; }", "the code has null")]
    public void A_planted_untruth_is_caught(string property, string named) => Rule.Catches(named, Find(property));

    [Theory]
    [InlineData("/// <value>2 MiB to 1 GiB. The default is 64 MiB.</value>\npublic int X { get; set; } = 64 * 1024 * 1024;")]
    [InlineData("/// <value>The default is 1,000.</value>\npublic long X { get; set; } = 1000;")]
    [InlineData("/// <value>The default is 0.5.</value>\npublic double X { get; set; } = 0.5;")]
    [InlineData("/// <value>1 second to 5 minutes. The default is 25 seconds, which is inside 30.</value>\npublic TimeSpan X { get; set; } = TimeSpan.FromSeconds(25);")]
    [InlineData("/// <value>The default is <see langword=\"false\"/>.</value>\npublic bool X { get; set; }")]
    [InlineData("/// <value>The default is <see cref=\"DayOfWeek.Friday\"/>.</value>\npublic DayOfWeek X { get; set; } = DayOfWeek.Friday;")]
    [InlineData("/// <value>The default is <see langword=\"null\"/>: never.</value>\npublic TimeSpan? X { get; set; }")]
    [InlineData("/// <value>The default depends on the processors.</value>\npublic int X { get; set; } = Environment.ProcessorCount;")]
    [InlineData("/// <value>The default is the entry assembly's name.</value>\npublic string? X { get; set; }")]
    [InlineData("public List<int> X { get; } = [];")]
    public void The_truth_passes(string property) => Assert.Empty(Find(property));

    private static IEnumerable<string> Find(string property)
    {
        (System.Reflection.Assembly assembly, System.Xml.Linq.XDocument docs) =
            Planted.Build($"namespace Planted;\npublic sealed class SomeOptions\n{{\n{property}\n}}");
        return OptionDocs.Violations(assembly, docs);
    }
}
