using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CloudObserve.Tests.Conventions;

/// <summary>Resolves the names in source files to symbols, so that no alias and no inferred type hides what a file uses.</summary>
/// <remarks>Resolving the repository takes half a minute. Rules share the result.</remarks>
internal sealed partial class SourceSymbols
{
    // CS0234, CS0246, CS0400: a type or namespace is not found. What cannot be resolved cannot be judged, so it must not pass unseen.
    private static readonly string[] NotFound = ["CS0234", "CS0246", "CS0400"];

    private static readonly Lazy<SourceSymbols> OfRepository = new(() => new SourceSymbols(Repository.Source, LinkedInto));

    private readonly Dictionary<string, CSharpCompilation> _projects = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<SourceFile, Lazy<FileSymbols>> _files = [];

    // A package sees only packages that were compiled before it. The first one uses no other.
    private SourceSymbols(IEnumerable<SourceFile> files, Func<string, IEnumerable<SourceFile>> linkedInto)
    {
        List<MetadataReference> packages = [];
        foreach (IGrouping<string, SourceFile> project in files.GroupBy(f => f.Project).OrderBy(p => p.Key, StringComparer.Ordinal))
        {
            // The analysis of null values takes half the time, and changes no symbol.
            CSharpCompilation compilation = Planted.Compile(project.Key, project.Concat(linkedInto(project.Key)).Select(f => f.Tree))
                .AddReferences(packages);
            compilation = compilation.WithOptions(compilation.Options.WithNullableContextOptions(NullableContextOptions.Disable));
            packages.Add(compilation.ToMetadataReference());
            _projects.Add(project.Key, compilation);
        }
    }

    internal static SourceSymbols Of(IEnumerable<SourceFile> files) =>
        ReferenceEquals(files, Repository.Source) ? OfRepository.Value : new SourceSymbols(files, static _ => []);

    /// <summary>Returns the names in a file with their symbols. A name without a symbol is left out.</summary>
    internal IReadOnlyList<(SimpleNameSyntax Name, ISymbol Symbol)> UsesOf(SourceFile file) => SymbolsOf(file).Uses;

    /// <summary>Returns the errors about names in a file that cannot be resolved.</summary>
    internal IReadOnlyList<string> UnresolvedIn(SourceFile file) => SymbolsOf(file).Unresolved;

    // Files of another package that a project compiles too.
    private static IEnumerable<SourceFile> LinkedInto(string project)
    {
        Dictionary<string, SourceFile> byPath = Repository.Source.ToDictionary(f => f.Path, StringComparer.Ordinal);
        return LinkedFile().Matches(Repository.ReadText($"src/{project}/{project}.csproj"))
            .Select(link => byPath[$"src/{link.Groups["path"].Value}"]);
    }

    [GeneratedRegex("<Compile Include=\"\\.\\./(?<path>[^\"]+)\"")]
    private static partial Regex LinkedFile();

    private FileSymbols SymbolsOf(SourceFile file) =>
        _files.GetOrAdd(file, f => new Lazy<FileSymbols>(() => Resolve(f, _projects[f.Project].GetSemanticModel(f.Tree)))).Value;

    private static FileSymbols Resolve(SourceFile file, SemanticModel model)
    {
        List<(SimpleNameSyntax Name, ISymbol Symbol)> uses = [];
        List<string> unresolved = [];
        foreach (SimpleNameSyntax name in file.Root.DescendantNodes().OfType<SimpleNameSyntax>())
        {
            SymbolInfo info = model.GetSymbolInfo(name);
            ISymbol? symbol = info.Symbol ?? info.CandidateSymbols.FirstOrDefault();
            symbol = symbol is IAliasSymbol alias ? alias.Target : symbol;
            if (symbol is null or IErrorTypeSymbol)
            {
                unresolved.AddRange(model.GetDiagnostics(name.Span).Where(d => NotFound.Contains(d.Id)).Select(d => d.ToString()));
            }
            else
            {
                uses.Add((name, symbol));
            }
        }

        return new FileSymbols(uses, unresolved);
    }

    private sealed record FileSymbols(IReadOnlyList<(SimpleNameSyntax Name, ISymbol Symbol)> Uses, IReadOnlyList<string> Unresolved);
}
