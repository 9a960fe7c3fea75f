using Microsoft.CodeAnalysis;
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

    internal static List<string> Violations(IReadOnlyList<SourceFile> files)
    {
        SourceFile[] package = [.. files.Where(f => f.Project == "CloudObserve")];
        SourceSymbols symbols = SourceSymbols.Of(files);
        ILookup<string, string> namespaces = package
            .SelectMany(
                f => f.Root.Members.OfType<BaseNamespaceDeclarationSyntax>(), (f, n) => (Area: Area(f.Path), Name: n.Name.ToString()))
            .Distinct().ToLookup(n => n.Area, n => n.Name);
        return [
            .. package.AsParallel().AsOrdered().SelectMany(symbols.UnresolvedIn),
            .. package.SelectMany(f => Edges(f, symbols, namespaces)),
            .. package.Where(f => Core.Contains(Area(f.Path))).SelectMany(ForeignWords),
        ];
    }

    private static IEnumerable<string> Edges(SourceFile file, SourceSymbols symbols, ILookup<string, string> namespaces)
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
        return symbols.UsesOf(file)
            .Select(use => (use.Name, To: AreaOf(use.Symbol, shared), IsPublic: use.Symbol is INamespaceSymbol || IsPublic(use.Symbol)))
            .Where(use => use.To is not null && use.To != from
                && (!allowed.Contains(use.To) || (!use.IsPublic && PublicOnly.Contains((from, use.To)))))
            .DistinctBy(use => (use.To, use.Name.Identifier.ValueText))
            .Select(use => $"{file.At(use.Name)}: {from} must not use {use.To} ({use.Name})");
    }

    private static bool IsPublic(ISymbol symbol) =>
        (symbol is INamedTypeSymbol ? symbol : symbol.ContainingType)?.DeclaredAccessibility == Accessibility.Public;

    private static string? AreaOf(ISymbol symbol, string[] shared)
    {
        if (symbol is INamespaceSymbol space)
        {
            // The types of a shared namespace are judged where they are used, by the folder of their file.
            string[] parts = space.ToDisplayString().Split('.');
            bool isFolder = parts.Length > 1 && parts[0] == "CloudObserve" && (MayUse.ContainsKey(parts[1]) || OnTop.Contains(parts[1]));
            return isFolder && !shared.Contains(space.ToDisplayString()) ? parts[1] : null;
        }

        ISymbol? type = symbol is INamedTypeSymbol ? symbol : symbol.ContainingType;
        return type?.DeclaringSyntaxReferences.FirstOrDefault() is { } declared ? Area(declared.SyntaxTree.FilePath) : null;
    }

    private static IEnumerable<string> ForeignWords(SourceFile file) =>
        from token in file.Root.DescendantTokens()
        let word = Array.Find(ForeignToCore, w => token.Text.Contains(w, StringComparison.Ordinal))
        where word is not null
        select $"{file.At(token)}: the core knows no signal and no service, but says {word}";

    private static string Area(string path) => path.Split('/') is { Length: > 3 } parts ? parts[2] : Root;
}
