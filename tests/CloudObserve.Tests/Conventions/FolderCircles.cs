using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CloudObserve.Tests.Conventions;

/// <summary>
/// Finds folders beside each other that use each other, directly or through further folders. A folder with its sub-folders is one.
/// </summary>
/// <remarks>
/// The files directly in a folder are its face: they compose its sub-folders, and the sub-folders use their types. Such uses are not
/// judged. Uses are found by symbols, as in <see cref="DependencyDirection"/>.
/// </remarks>
internal static class FolderCircles
{
    // Circles that are still to be parted, each with what it takes.
    private static readonly (string Parent, string[] Folders, string Reason)[] Known =
    [
        ("src/CloudObserve.Monitoring/Alarms", ["Notifications", "Running", "Storage"],
            "The engine tells and stores alarms as its table holds them: the table and its entries need a folder of their own."),
    ];

    internal static List<string> Violations(IReadOnlyList<SourceFile> files)
    {
        SourceSymbols symbols = SourceSymbols.Of(files);
        return [
            .. files.AsParallel().AsOrdered().SelectMany(f => Uses(f, symbols))
                .GroupBy(u => u.Parent, StringComparer.Ordinal).SelectMany(Circles),
        ];
    }

    private static IEnumerable<Use> Uses(SourceFile file, SourceSymbols symbols)
    {
        string[] from = Folders(file.Path);
        foreach ((SimpleNameSyntax name, ISymbol symbol) in symbols.UsesOf(file))
        {
            ISymbol? type = symbol is INamedTypeSymbol ? symbol : symbol.ContainingType;
            if (type?.DeclaringSyntaxReferences.FirstOrDefault() is not { } declared)
            {
                continue;
            }

            string[] to = Folders(declared.SyntaxTree.FilePath);
            int shared = from.Zip(to).TakeWhile(f => f.First == f.Second).Count();
            if (shared > 1 && shared < from.Length && shared < to.Length)
            {
                yield return new Use(string.Join('/', from[..shared]), from[shared], to[shared], $"{file.At(name)} uses {type.Name}");
            }
        }
    }

    // Folders that can reach each other are one circle.
    private static IEnumerable<string> Circles(IEnumerable<Use> uses)
    {
        Use[] all = [.. uses];
        ILookup<string, string> next = all.Select(u => (u.From, u.To)).Distinct().ToLookup(u => u.From, u => u.To);
        Dictionary<string, HashSet<string>> reached = next.ToDictionary(n => n.Key, n => Reached(n.Key, next));
        return all.Where(u => !IsKnown(u) && reached.TryGetValue(u.To, out HashSet<string>? back) && back.Contains(u.From))
            .GroupBy(u => (u.Parent, u.From, u.To))
            .OrderBy(g => g.Key)
            .Select(g => $"{g.Key.Parent}: {g.Key.From} and {g.Key.To} use each other: {g.First().Text} ({g.Count()} uses)");
    }

    private static bool IsKnown(Use use) =>
        Known.Any(k => k.Parent == use.Parent && k.Folders.Contains(use.From) && k.Folders.Contains(use.To));

    private static HashSet<string> Reached(string from, ILookup<string, string> next)
    {
        HashSet<string> reached = [];
        Queue<string> open = new([from]);
        while (open.TryDequeue(out string? folder))
        {
            foreach (string to in next[folder].Where(reached.Add))
            {
                open.Enqueue(to);
            }
        }

        return reached;
    }

    // From the project's folder down.
    private static string[] Folders(string path) => path.Split('/')[..^1];

    private sealed record Use(string Parent, string From, string To, string Text);
}
