using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CloudObserve.Tests.Conventions;

/// <summary>Files stay short and are the same code in every build.</summary>
internal static class FileShape
{
    internal const int MaxCodeLines = 300;
    internal const int MaxPragmas = 5;

    internal static List<string> Violations(IEnumerable<SourceFile> files)
    {
        SourceFile[] all = [.. files];
        string[] pragmas = [.. all.SelectMany(f => Directives(f, SyntaxKind.PragmaWarningDirectiveTrivia))];
        return [
            .. all.Where(f => CodeLines(f) > MaxCodeLines).Select(f => $"{f.Path}: {CodeLines(f)} lines of code, at most {MaxCodeLines}"),
            .. all.SelectMany(f => Directives(f, SyntaxKind.RegionDirectiveTrivia, SyntaxKind.IfDirectiveTrivia)),
            .. pragmas.Length > MaxPragmas ? pragmas : [],
        ];
    }

    /// <summary>Lines that hold code; blank lines and comments are free.</summary>
    private static int CodeLines(SourceFile file) => file.Root.DescendantTokens()
        .Where(t => !t.IsKind(SyntaxKind.EndOfFileToken))
        .Select(t => t.GetLocation().GetLineSpan())
        .SelectMany(s => Enumerable.Range(s.StartLinePosition.Line, s.EndLinePosition.Line - s.StartLinePosition.Line + 1))
        .Distinct().Count();

    private static IEnumerable<string> Directives(SourceFile file, params SyntaxKind[] kinds) =>
        from trivia in file.Root.DescendantTrivia()
        where kinds.Contains(trivia.Kind())
        select $"{file.Path}({trivia.GetLocation().GetLineSpan().StartLinePosition.Line + 1}): {trivia.ToString().Trim()}";
}
