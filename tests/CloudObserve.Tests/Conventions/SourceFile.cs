using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CloudObserve.Tests.Conventions;

/// <summary>A source file as the rules see it: its path from the repository's root with forward slashes, and its syntax.</summary>
internal sealed class SourceFile(string path, string text)
{
    /// <summary>The parser's package is older than the compiler in the SDK; to it, the newest language is a preview.</summary>
    internal static readonly CSharpParseOptions Language = new(LanguageVersion.Preview, DocumentationMode.Diagnose);

    private readonly Lazy<CSharpSyntaxTree> _tree = new(() => (CSharpSyntaxTree)CSharpSyntaxTree.ParseText(text, Language, path));

    internal string Path { get; } = path;

    internal string Text { get; } = text;

    internal CSharpSyntaxTree Tree => _tree.Value;

    internal CompilationUnitSyntax Root => Tree.GetCompilationUnitRoot();

    internal string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>Gets the folders between the project and the file: <c>Pipeline</c>, <c>Delivery</c>.</summary>
    internal string[] Folders => Path.Split('/')[2..^1];

    /// <summary>Gets the project's folder below <c>src</c> or <c>tests</c>.</summary>
    internal string Project => Path.Split('/')[1];

    internal string At(SyntaxNodeOrToken place) => $"{Path}({place.GetLocation()!.GetLineSpan().StartLinePosition.Line + 1})";
}
