namespace CloudObserve.Tests.Conventions;

public sealed class LineLengthTests
{
    [Fact]
    public void Lines_fit_into_the_columns() => Rule.Holds(
        $"At most {LineLength.MaxColumns} columns a line, as .editorconfig says. Only long texts may pass them.",
        LineLength.Violations([.. Repository.Source, .. Repository.Tests, .. Repository.Samples, .. Repository.Benchmarks]));

    [Fact]
    public void The_limit_is_that_of_the_editor() =>
        Assert.Contains($"max_line_length = {LineLength.MaxColumns}\n", Repository.ReadText(".editorconfig"), StringComparison.Ordinal);

    [Fact]
    public void A_planted_long_line_is_caught()
    {
        string code = $"class A\n{{\n    int _{new string('a', 200)};\n    // {new string('b', 200)}\n}}";
        Assert.Equal(
            ["src/P/A.cs(3): 210 columns, at most 140", "src/P/A.cs(4): 207 columns, at most 140"],
            LineLength.Violations([new("src/P/A.cs", code)]));
    }

    [Theory]
    [InlineData("\"", "\"")]
    [InlineData("$\"", "{1}\"")]
    [InlineData("\"\"\"", "\"\"\"")]
    [InlineData("\"\"\"\n", "\n\"\"\"")]
    public void A_long_text_passes(string begin, string end) =>
        Assert.Empty(LineLength.Violations([new("src/P/A.cs", $"class A\n{{\n    string _a =\n{begin}{new string('a', 200)}{end};\n}}")]));
}
