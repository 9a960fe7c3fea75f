using System.Text.RegularExpressions;
using CloudObserve.Tests.Conventions;

namespace CloudObserve.Tests.Documentation;

/// <summary>A fenced block of a document.</summary>
/// <param name="Document">The document's path from the root.</param>
/// <param name="Line">The line of the opening fence, from 1.</param>
/// <param name="Info">What stands behind the fence: the language, and for C# what the block is a piece of.</param>
/// <param name="Text">The block.</param>
internal sealed partial record CodeBlock(string Document, int Line, string Info, string Text)
{
    /// <summary>Gets the blocks of the documents that users read: the root's, those of docs, of the samples and of the packages.</summary>
    internal static IReadOnlyList<CodeBlock> OfDocuments { get; } =
        [.. Repository.Files(".", "*.md").Where(IsForUsers).SelectMany(f => In(f, Repository.ReadText(f)))];

    internal string Language => Info.Split(' ')[0];

    internal string At => $"{Document}({Line})";

    internal static IEnumerable<CodeBlock> In(string document, string text)
    {
        text = text.ReplaceLineEndings("\n");
        foreach (Match block in Fenced().Matches(text))
        {
            int line = text.AsSpan(0, block.Index).Count('\n') + 1;
            yield return new CodeBlock(document, line, block.Groups["info"].Value.Trim(), block.Groups["text"].Value);
        }
    }

    // Decisions show how things looked when they were taken; what lies beside the source is for whoever works on it.
    private static bool IsForUsers(string path) => path.Split('/') is [_] or ["docs", _] or ["samples", _, _] or ["src", _, "README.md"];

    [GeneratedRegex(@"^```(?<info>[^`\n]*)\n(?<text>.*?)^```[ ]*$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fenced();
}
