namespace CloudObserve.Tests.Conventions;

public sealed class MarkdownTests
{
    [Fact]
    public void Documents_link_to_what_exists() => Rule.Holds(
        "A link in a document leads somewhere, and no document names a path of one machine.",
        Markdown.Violations(
            Repository.Files(".", "*.md").ToDictionary(f => f, Repository.ReadText),
            f => File.Exists(Path.Combine(Repository.Root, f)) || Directory.Exists(Path.Combine(Repository.Root, f))));

    [Theory]
    [InlineData("See [it](gone.md).", "gone.md leads nowhere")]
    [InlineData("See [it](../docs/other.md \"title\").", "../docs/other.md leads nowhere")]
    [InlineData("See [it](../../README.md#not-there).", "names a heading that is not there")]
    [InlineData("See [it](#not-there).", "names a heading that is not there")]
    [InlineData("Look into /home/me/src/it.", "/home/me/src/it. is a path of one machine")]
    [InlineData(@"Look into `C:\Users\me`.", @"C:\Users\me is a path of one machine")]
    public void A_planted_fault_in_a_deep_document_is_caught(string text, string named) => Rule.Catches(named, Find(text));

    [Theory]
    [InlineData("See [it](../../README.md#what-it-is-and-is-not), [there](https://example.com/gone.md) and [here](#a-heading).\n\n## A heading\n")]
    [InlineData("```text\n[it](gone.md)\n```\nand `[it](gone.md)`")]
    [InlineData("`/aws/monitoring/PutMetricData` and https://example.com/home/me")]
    public void What_is_sound_passes(string text) => Assert.Empty(Find(text));

    private static List<string> Find(string text)
    {
        Dictionary<string, string> documents = new()
        {
            ["docs/deep/page.md"] = text,
            ["README.md"] = "# Title\n\n## What it is, and is not\n",
        };
        return Markdown.Violations(documents, documents.ContainsKey);
    }
}
