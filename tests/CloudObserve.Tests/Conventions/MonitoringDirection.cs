using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CloudObserve.Tests.Conventions;

/// <summary>
/// Which folder of CloudObserve.Monitoring may use which, and which know nothing of hosting. Judged on symbols, as
/// <see cref="DependencyDirection"/> does it.
/// </summary>
internal static class MonitoringDirection
{
    private const string Project = "CloudObserve.Monitoring";
    private const string Root = "the project root";
    private const string Hosting = "Hosting";
    private const string EventPatterns = "Events/Patterns";

    // Every folder may use the public types at the root, which are the vocabulary of the package. Those of events stand in Events.
    private static readonly Dictionary<string, string[]> MayUse = new(StringComparer.Ordinal)
    {
        ["Alarms"] = ["Expressions", "Anomalies", "Events", EventPatterns],
        ["Events"] = [EventPatterns],
        ["Anomalies"] = ["Expressions"],
        ["Insights"] = ["Expressions", "Patterns"],
        ["Expressions"] = [],
        ["Patterns"] = [],
        [EventPatterns] = ["Events"],
    };

    private static readonly string[] WithoutHosting = ["Expressions", "Insights", EventPatterns, "Anomalies", "Patterns"];

    private static readonly string[] HostingNamespaces =
    [
        "Microsoft.Extensions.Configuration", "Microsoft.Extensions.DependencyInjection", "Microsoft.Extensions.Diagnostics",
        "Microsoft.Extensions.Hosting", "Microsoft.Extensions.Logging", "Microsoft.Extensions.Options",
    ];

    // CS0234, CS0246, CS0400: a type or namespace is not found. What cannot be resolved cannot be judged, so it must not pass unseen.
    private static readonly string[] Unresolved = ["CS0234", "CS0246", "CS0400"];

    /// <param name="files">The files of the package, and of the package that it uses.</param>
    internal static List<string> Violations(IEnumerable<SourceFile> files)
    {
        SourceFile[] sources = [.. files.Where(f => f.Project is Project or "CloudObserve")];
        SourceFile[] package = [.. sources.Where(f => f.Project == Project)];
        CSharpCompilation compilation = Planted.Compile(Project, sources.Select(f => f.Tree));
        HashSet<string> door =
            [.. package.Where(f => Area(f.Path) is Root or "Events" && UsesHosting(f, compilation.GetSemanticModel(f.Tree))).Select(f => f.Path)];
        return
        [
            .. package.SelectMany(f => compilation.GetSemanticModel(f.Tree).GetDiagnostics()).Where(d => Unresolved.Contains(d.Id))
                .Select(d => d.ToString()),
            .. package.SelectMany(f => Edges(f, compilation.GetSemanticModel(f.Tree), door)),
        ];
    }

    private static IEnumerable<string> Edges(SourceFile file, SemanticModel model, HashSet<string> door)
    {
        string from = Area(file.Path);
        if (from is Root or Hosting)
        {
            return [];
        }

        if (!MayUse.TryGetValue(from, out string[]? allowed))
        {
            string rule = $"give it one in {nameof(MonitoringDirection)}";
            return [$"{file.Path}: the folder {from} has no place in the order of dependencies yet; {rule}."];
        }

        bool isPure = WithoutHosting.Contains(from);
        return Uses(file, model)
            .Select(use => (use.Name, To: isPure && (IsHosting(use.Symbol) || door.Contains(PathOf(use.Symbol) ?? ""))
                ? Hosting : AreaOf(use.Symbol)))
            .Where(use => use.To is not null and not Root && use.To != from && !allowed.Contains(use.To))
            .DistinctBy(use => (use.To, use.Name.Identifier.ValueText))
            .Select(use => $"{file.At(use.Name)}: {from} must not use {use.To} ({use.Name})");
    }

    private static bool UsesHosting(SourceFile file, SemanticModel model) =>
        Uses(file, model).Any(use => IsHosting(use.Symbol) || AreaOf(use.Symbol) == Hosting);

    private static IEnumerable<(SimpleNameSyntax Name, ISymbol Symbol)> Uses(SourceFile file, SemanticModel model) =>
        from name in file.Root.DescendantNodes().OfType<SimpleNameSyntax>()
        let info = model.GetSymbolInfo(name)
        let found = info.Symbol ?? info.CandidateSymbols.FirstOrDefault()
        where found is not null
        let symbol = found is IAliasSymbol alias ? alias.Target : found
        where symbol is not INamespaceSymbol || IsWhole(name)
        select (name, symbol is INamedTypeSymbol or INamespaceSymbol ? symbol : symbol.ContainingType ?? symbol);

    // The name of a folder is part of the names of the folders in it.
    private static bool IsWhole(SimpleNameSyntax name)
    {
        SyntaxNode node = name;
        while (node.Parent is QualifiedNameSyntax qualified && qualified.Right == node)
        {
            node = qualified;
        }

        return node.Parent is not (QualifiedNameSyntax or MemberAccessExpressionSyntax);
    }

    private static bool IsHosting(ISymbol symbol)
    {
        string name = symbol is INamespaceSymbol ? symbol.ToDisplayString() : symbol.ContainingNamespace?.ToDisplayString() ?? "";
        return Array.Exists(HostingNamespaces, hosting => name == hosting || name.StartsWith($"{hosting}.", StringComparison.Ordinal));
    }

    private static string? PathOf(ISymbol symbol) => symbol is INamedTypeSymbol
        ? symbol.DeclaringSyntaxReferences.FirstOrDefault()?.SyntaxTree.FilePath : null;

    private static string? AreaOf(ISymbol symbol)
    {
        if (symbol is INamespaceSymbol space)
        {
            string[] parts = space.ToDisplayString().Split('.');
            string folder = parts.Length > 2 && parts[0] == "CloudObserve" && parts[1] == "Monitoring" ? Area(parts[2..]) : "";
            return MayUse.ContainsKey(folder) || folder == Hosting ? folder : null;
        }

        return PathOf(symbol) is { } path && path.StartsWith($"src/{Project}/", StringComparison.Ordinal) ? Area(path) : null;
    }

    private static string Area(string path) => path.Split('/') is { Length: > 3 } parts ? Area(parts[2..^1]) : Root;

    private static string Area(string[] folders) => folders is ["Events", "Patterns", ..] ? EventPatterns : folders[0];
}
