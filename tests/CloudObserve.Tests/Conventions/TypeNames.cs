using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CloudObserve.Tests.Conventions;

/// <summary>Checks that a type's name says one thing: it is declared once in a package, and names that were given up stay unused.</summary>
internal static class TypeNames
{
    // The logger's messages of a folder are always called Log.
    private static readonly string[] MayRepeat = ["Log"];

    // Each had a second meaning, or said nothing to a reader who saw it for the first time.
    private static readonly string[] RetiredTypes =
    [
        "BeginningOf", "BookedEncoder", "Cell", "Crew", "DeliveryGate", "Echoes", "ExactPublisher", "ExactSeries",
        "FileAttempts", "IdentityJson", "ILogEventGate", "InternedText", "JsonEscaping", "JsonHeads", "KeeperParts", "MembersJson",
        "MetricFilterGate", "Pulse", "RetentionKeeper", "RingSignal", "SaidOnce", "SeriesFront", "SlotRequest", "SpoolKeeper", "TextTable",
        "TrailKeeper", "TrailPlace", "Unusual", "ValueJson", "Warmth",
    ];

    // Fields, parameters, local variables and properties. A field's underscore and a property's capital make no other name.
    private static readonly string[] RetiredMembers =
        ["barren", "cancellation", "crew", "front", "gate", "glance", "keeper", "resting", "sought", "under"];

    internal static List<string> Violations(IEnumerable<SourceFile> files)
    {
        SourceFile[] all = [.. files];
        return [
            .. all.SelectMany(f => f.Root.Members.OfType<BaseNamespaceDeclarationSyntax>().SelectMany(n => n.Members)
                    .OfType<BaseTypeDeclarationSyntax>().Where(t => !t.Modifiers.Any(SyntaxKind.PartialKeyword) || IsMainPart(f, t))
                    .Select(t => (File: f, Type: t)))
                .GroupBy(t => (t.File.Project, t.Type.Identifier.ValueText, Arity(t.Type)))
                .Where(g => g.Count() > 1 && !MayRepeat.Contains(g.Key.ValueText))
                .Select(g => $"{g.Key.ValueText} is declared in {string.Join(" and ", g.Select(t => t.File.Path))}"),
            .. all.SelectMany(RetiredNames),
        ];
    }

    private static int Arity(BaseTypeDeclarationSyntax type) => (type as TypeDeclarationSyntax)?.TypeParameterList?.Parameters.Count ?? 0;

    // The file of a further part is called Type.Part.cs.
    private static bool IsMainPart(SourceFile file, BaseTypeDeclarationSyntax type) => file.Name == type.Identifier.ValueText;

    private static IEnumerable<string> RetiredNames(SourceFile file) =>
        from node in file.Root.DescendantNodes()
        let name = node switch
        {
            BaseTypeDeclarationSyntax type => (Text: type.Identifier.ValueText, Retired: RetiredTypes),
            VariableDeclaratorSyntax variable => (Text: variable.Identifier.ValueText, Retired: RetiredMembers),
            ParameterSyntax parameter => (Text: parameter.Identifier.ValueText, Retired: RetiredMembers),
            PropertyDeclarationSyntax property => (Text: property.Identifier.ValueText, Retired: RetiredMembers),
            _ => (Text: "", Retired: []),
        }
        where name.Retired == RetiredMembers ? IsRetired(name.Text) : name.Retired.Contains(name.Text)
        select $"{file.At(node)}: the name {name.Text} was given up";

    private static bool IsRetired(string member) => RetiredMembers.Contains(member.TrimStart('_'), StringComparer.OrdinalIgnoreCase);
}
