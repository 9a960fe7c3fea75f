namespace CloudObserve.Tests.Conventions;

public sealed class FileShapeTests
{
    [Fact]
    public void Source_files_are_short_and_free_of_directives() => Rule.Holds(
        $"At most {FileShape.MaxCodeLines} lines of code a file, no #region, no #if, at most {FileShape.MaxPragmas} #pragma in all.",
        FileShape.Violations(Repository.Source));

    [Theory]
    [InlineData("#region Hidden\n#endregion\nclass A;", "(1): #region Hidden")]
    [InlineData("class A\n{\n#if DEBUG\n    int _i;\n#endif\n}", "(3): #if DEBUG")]
    public void A_planted_directive_is_caught(string code, string named) =>
        Rule.Catches(named, FileShape.Violations([new("src/P/A.cs", code)]));

    [Fact]
    public void A_file_of_too_many_lines_is_caught()
    {
        string body = string.Concat(Enumerable.Range(0, FileShape.MaxCodeLines).Select(i => $"    int _{i};\n    // free\n\n"));
        Rule.Catches("303 lines of code", FileShape.Violations([new("src/P/A.cs", "class A\n{\n" + body + "}")]));
    }

    [Fact]
    public void A_pragma_too_many_is_caught()
    {
        SourceFile[] files = [
            .. Enumerable.Range(0, FileShape.MaxPragmas + 1)
                .Select(i => new SourceFile($"src/P/A{i}.cs", "#pragma warning disable CA1000\nclass A;"))];

        Assert.Equal(FileShape.MaxPragmas + 1, FileShape.Violations(files).Count);
        Assert.Empty(FileShape.Violations(files[1..]));
    }
}
