using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CloudObserve.Tests.Conventions;

/// <summary>Checks that a summary names its subject: a noun phrase for a type, "Gets the …" for a property, a verb for a method.</summary>
internal static partial class SummaryDocs
{
    internal static IEnumerable<string> Violations(IEnumerable<SourceFile> files) =>
        from file in files
        from summary in file.Root.DescendantNodes(descendIntoTrivia: true).OfType<XmlElementSyntax>()
        where summary.StartTag.Name.LocalName.ValueText == "summary"
        let beginning = QuestionWord().Match(TextOf(summary))
        where beginning.Success
        select $"{file.At(summary)}: the summary begins with '{beginning.Value.Trim()}'";

    // A line of a comment begins with slashes, which are trivia and not part of the text.
    private static string TextOf(XmlElementSyntax summary) => string.Concat(
        summary.Content.OfType<XmlTextSyntax>().Take(1).SelectMany(t => t.TextTokens).Select(t => t.ValueText));

    [GeneratedRegex(@"^\s*(Gets (or sets )?)?(What|Who|Whoever|How|Where)\b", RegexOptions.IgnoreCase)]
    private static partial Regex QuestionWord();
}
