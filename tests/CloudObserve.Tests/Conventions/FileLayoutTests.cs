namespace CloudObserve.Tests.Conventions;

public sealed class FileLayoutTests
{
    [Fact]
    public void A_file_holds_one_type_and_its_name_and_folder_tell_which() => Rule.Holds(
        "One top-level type per file; the file has the type's name, the namespace the folder's.",
        FileLayout.Violations(Repository.Source));

    [Theory]
    [InlineData("namespace CloudObserve.Metrics; class Good; class Second;", "holds 2 top-level types: Good, Second")]
    [InlineData("namespace CloudObserve.Metrics; class Good; delegate void Second();", "holds 2 top-level types: Good, Second")]
    [InlineData("namespace CloudObserve.Metrics; enum Other { None }", "the file is named Good, its type Other")]
    [InlineData("namespace CloudObserve; class Good;", "the namespace is CloudObserve, the folder CloudObserve.Metrics")]
    public void A_planted_violation_is_caught(string code, string named) =>
        Rule.Catches(named, FileLayout.Violations([new("src/CloudObserve/Metrics/Good.cs", code)]));

    [Theory]
    [InlineData("src/CloudObserve/Metrics/Good.cs", "namespace CloudObserve.Metrics; class Good<T> { class Nested; enum Other { None } }")]
    [InlineData("src/CloudObserve/Metrics/Good.Part.cs", "namespace CloudObserve.Metrics; partial class Good;")]
    [InlineData("src/CloudObserve/DoorExtensions.cs", "namespace Microsoft.Extensions.Hosting; static class DoorExtensions;")]
    public void Nested_types_parts_and_extensions_of_the_host_are_fine(string path, string code) =>
        Assert.Empty(FileLayout.Violations([new(path, code)]));
}
