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

    private static readonly string[] RetiredVariables = ["_gate", "_barren", "_resting", "_sought", "_under", "cancellation"];

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
            BaseTypeDeclarationSyntax type when RetiredTypes.Contains(type.Identifier.ValueText) => type.Identifier.ValueText,
            VariableDeclaratorSyntax variable
                when RetiredVariables.Contains(variable.Identifier.ValueText) => variable.Identifier.ValueText,
            ParameterSyntax parameter when RetiredVariables.Contains(parameter.Identifier.ValueText) => parameter.Identifier.ValueText,
            _ => null,
        }
        where name is not null
        select $"{file.At(node)}: the name {name} was given up";
}
