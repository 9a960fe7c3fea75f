using Microsoft.CodeAnalysis;
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

    /// <param name="files">The files of the package, and of the package that it uses.</param>
    internal static List<string> Violations(IReadOnlyList<SourceFile> files)
    {
        SourceFile[] package = [.. files.Where(f => f.Project == Project)];
        SourceSymbols symbols = SourceSymbols.Of(files);
        HashSet<string> door =
            [.. package.Where(f => Area(f.Path) is Root or "Events" && UsesHosting(f, symbols)).Select(f => f.Path)];
        return
        [
            .. package.AsParallel().AsOrdered().SelectMany(symbols.UnresolvedIn),
            .. package.SelectMany(f => Edges(f, symbols, door)),
        ];
    }

    private static IEnumerable<string> Edges(SourceFile file, SourceSymbols symbols, HashSet<string> door)
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
        return Uses(file, symbols)
            .Select(use => (use.Name, To: isPure && (IsHosting(use.Symbol) || door.Contains(PathOf(use.Symbol) ?? ""))
                ? Hosting : AreaOf(use.Symbol)))
            .Where(use => use.To is not null and not Root && use.To != from && !allowed.Contains(use.To))
            .DistinctBy(use => (use.To, use.Name.Identifier.ValueText))
            .Select(use => $"{file.At(use.Name)}: {from} must not use {use.To} ({use.Name})");
    }

    private static bool UsesHosting(SourceFile file, SourceSymbols symbols) =>
        Uses(file, symbols).Any(use => IsHosting(use.Symbol) || AreaOf(use.Symbol) == Hosting);

    private static IEnumerable<(SimpleNameSyntax Name, ISymbol Symbol)> Uses(SourceFile file, SourceSymbols symbols) =>
        from use in symbols.UsesOf(file)
        let symbol = use.Symbol
        where symbol is not INamespaceSymbol || IsWhole(use.Name)
        select (use.Name, symbol is INamedTypeSymbol or INamespaceSymbol ? symbol : symbol.ContainingType ?? symbol);

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
