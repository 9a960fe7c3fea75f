using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CloudObserve.Tests.Conventions;

/// <summary>
/// Which folder of the package may use which. Judged on symbols, not on text: an alias, a relative name, an inferred type or a global using
/// hides nothing. Comments are free to name anything.
/// </summary>
internal static class DependencyDirection
{
    private const string Root = "the project root";

    private static readonly Dictionary<string, string[]> MayUse = new(StringComparer.Ordinal)
    {
        ["Metrics"] = ["LogEvents", "Pipeline", "Diagnostics", "Contracts"],
        ["Logs"] = ["LogEvents", "Pipeline", "Diagnostics", "Contracts"],
        ["Audit"] = ["Metrics", "LogEvents", "Pipeline", "Diagnostics", "Contracts"],
        ["Filters"] = ["Logs", "Metrics", "LogEvents", "Pipeline", "Diagnostics", "Contracts"],
        ["LogEvents"] = ["Pipeline", "Diagnostics", "Contracts"],
        ["Sinks"] = ["Filters", "Pipeline", "Diagnostics", "Contracts"],
        ["Pipeline"] = ["Diagnostics"],
        ["Diagnostics"] = [],
        ["Contracts"] = [],
    };

    // A folder of which another may use the public types only. Audit publishes metrics about itself, as an application does.
    private static readonly (string From, string To)[] PublicOnly = [("Audit", "Metrics")];

    // The composition root and the front door know everyone; nobody knows them.
    private static readonly string[] OnTop = [Root, "Hosting"];

    private static readonly string[] Core = ["Pipeline", "Diagnostics"];

    // The core names no signal and no service. "Metrics" alone is a namespace of .NET, and the library has metrics about itself.
    private static readonly string[] ForeignToCore =
    [
        "PutMetricData", "PutLogEvents", "Amazon", "Audit", "Trail", "LogEvent", "LogGroup", "MetricFilter", "MetricPublisher", "Dimension",
        "LocalFiles", "EmbeddedCloudWatch", "\"metrics\"", "\"logs\"", "\"audit\"",
    ];

    // CS0234, CS0246, CS0400: a type or namespace is not found. What cannot be resolved cannot be judged, so it must not pass unseen.
    private static readonly string[] Unresolved = ["CS0234", "CS0246", "CS0400"];

    internal static List<string> Violations(IEnumerable<SourceFile> files)
    {
        SourceFile[] package = [.. files.Where(f => f.Project == "CloudObserve")];
        CSharpCompilation compilation = Planted.Compile("CloudObserve", package.Select(f => f.Tree));
        ILookup<string, string> namespaces = package
            .SelectMany(
                f => f.Root.Members.OfType<BaseNamespaceDeclarationSyntax>(), (f, n) => (Area: Area(f.Path), Name: n.Name.ToString()))
            .Distinct().ToLookup(n => n.Area, n => n.Name);
        return [
            .. compilation.GetDiagnostics().Where(d => Unresolved.Contains(d.Id)).Select(d => d.ToString()),
            .. package.SelectMany(f => Edges(f, compilation.GetSemanticModel(f.Tree), namespaces)),
            .. package.Where(f => Core.Contains(Area(f.Path))).SelectMany(ForeignWords),
        ];
    }

    private static IEnumerable<string> Edges(SourceFile file, SemanticModel model, ILookup<string, string> namespaces)
    {
        string from = Area(file.Path);
        if (OnTop.Contains(from))
        {
            return [];
        }

        if (!MayUse.TryGetValue(from, out string[]? allowed))
        {
            return [$"{file.Path}: the folder {from} has no place in the order of dependencies yet; give it one in {nameof(DependencyDirection)}."];
        }

        // A namespace for users may hold types of several folders. Importing it is no use of the folder with its name, if the file may use
        // another folder with types in it. Contracts declares its types in such namespaces.
        string[] shared = [.. allowed.Append(from).Append("Contracts").SelectMany(area => namespaces[area])];
        return file.Root.DescendantNodes().OfType<SimpleNameSyntax>()
            .Select(name => (name, Symbol: SymbolOf(model.GetSymbolInfo(name))))
            .Select(use => (use.name, To: AreaOf(use.Symbol, shared), IsPublic: use.Symbol is INamespaceSymbol || IsPublic(use.Symbol)))
            .Where(use => use.To is not null && use.To != from
                && (!allowed.Contains(use.To) || (!use.IsPublic && PublicOnly.Contains((from, use.To)))))
            .DistinctBy(use => (use.To, use.name.Identifier.ValueText))
            .Select(use => $"{file.At(use.name)}: {from} must not use {use.To} ({use.name})");
    }

    private static ISymbol? SymbolOf(SymbolInfo info)
    {
        ISymbol? symbol = info.Symbol ?? info.CandidateSymbols.FirstOrDefault();
        return symbol is IAliasSymbol alias ? alias.Target : symbol;
    }

    private static bool IsPublic(ISymbol? symbol) =>
        (symbol is INamedTypeSymbol or null ? symbol : symbol.ContainingType)?.DeclaredAccessibility == Accessibility.Public;

    private static string? AreaOf(ISymbol? symbol, string[] shared)
    {
        if (symbol is INamespaceSymbol space)
        {
            // The types of a shared namespace are judged where they are used, by the folder of their file.
            string[] parts = space.ToDisplayString().Split('.');
            bool isFolder = parts.Length > 1 && parts[0] == "CloudObserve" && (MayUse.ContainsKey(parts[1]) || OnTop.Contains(parts[1]));
            return isFolder && !shared.Contains(space.ToDisplayString()) ? parts[1] : null;
        }

        ISymbol? type = symbol is INamedTypeSymbol or null ? symbol : symbol.ContainingType;
        return type?.DeclaringSyntaxReferences.FirstOrDefault() is { } declared ? Area(declared.SyntaxTree.FilePath) : null;
    }

    private static IEnumerable<string> ForeignWords(SourceFile file) =>
        from token in file.Root.DescendantTokens()
        let word = Array.Find(ForeignToCore, w => token.Text.Contains(w, StringComparison.Ordinal))
        where word is not null
        select $"{file.At(token)}: the core knows no signal and no service, but says {word}";

    private static string Area(string path) => path.Split('/') is { Length: > 3 } parts ? parts[2] : Root;
}
