using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace CloudObserve.Tests.Conventions;

/// <summary>Checks that lines of C# fit into the columns that <c>.editorconfig</c> sets.</summary>
internal static class LineLength
{
    internal const int MaxColumns = 140;

    // A text stays in one piece, so that a message can be found by searching. What stands beside texts on a line must be short.
    private const int MaxColumnsBesideText = 60;

    internal static IEnumerable<string> Violations(IEnumerable<SourceFile> files) =>
        from file in files
        from line in file.Tree.GetText().Lines
        where line.Span.Length > MaxColumns && !IsMostlyText(file, line)
        select $"{file.Path}({line.LineNumber + 1}): {line.Span.Length} columns, at most {MaxColumns}";

    private static bool IsMostlyText(SourceFile file, TextLine line)
    {
        int text = file.Root.DescendantTokens(line.Span).Select(WholeText).Distinct()
            .Sum(text => text?.Intersection(line.Span)?.Length ?? 0);
        return line.Span.Length - text <= MaxColumnsBesideText;
    }

    private static TextSpan? WholeText(SyntaxToken token) =>
        token.Parent?.AncestorsAndSelf().OfType<InterpolatedStringExpressionSyntax>().LastOrDefault()?.Span
        ?? (token.IsKind(SyntaxKind.StringLiteralToken) || token.IsKind(SyntaxKind.Utf8StringLiteralToken)
            || token.IsKind(SyntaxKind.SingleLineRawStringLiteralToken) || token.IsKind(SyntaxKind.MultiLineRawStringLiteralToken)
            || token.IsKind(SyntaxKind.Utf8SingleLineRawStringLiteralToken) || token.IsKind(SyntaxKind.Utf8MultiLineRawStringLiteralToken)
            ? token.Span : null);
}
