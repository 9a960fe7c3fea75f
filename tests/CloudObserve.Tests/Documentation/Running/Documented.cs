namespace CloudObserve.Tests.Documentation.Running;

/// <summary>Finds blocks of the documents.</summary>
internal static class Documented
{
    /// <param name="kind">What the blocks are.</param>
    /// <param name="asksMachine">Whether they ask the machine for its credentials when they run; <see langword="null"/>: both.</param>
    internal static TheoryData<string> Of(BlockKind kind, bool? asksMachine = null) =>
    [
        .. CodeBlock.OfDocuments
            .Where(b => b.Language == "csharp" && Snippet.KindOf(b) == kind)
            .Where(b => asksMachine is null || asksMachine == b.Text.Contains("GetCredentials()", StringComparison.Ordinal))
            .Select(b => b.At),
    ];

    internal static CodeBlock At(string place) => CodeBlock.OfDocuments.Single(b => b.At == place);

    /// <summary>The one block of a document that has some words in it.</summary>
    internal static CodeBlock With(string document, string words) =>
        CodeBlock.OfDocuments.Single(
            b => b.Document == document && b.Language != "text" && b.Text.Contains(words, StringComparison.Ordinal));
}
