using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CloudObserve.Tests.Conventions;

/// <summary>
/// One top-level type per file, named like the file, in the namespace of its folder or, if it is public, in a namespace for users.
/// </summary>
internal static class FileLayout
{
    internal static IEnumerable<string> Violations(IEnumerable<SourceFile> files) => files.SelectMany(Violations);

    private static IEnumerable<string> Violations(SourceFile file)
    {
        MemberDeclarationSyntax[] types = [.. file.Root
            .DescendantNodes(n => n is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax)
            .OfType<MemberDeclarationSyntax>()
            .Where(m => m is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax)];
        if (types.Length > 1)
        {
            yield return $"{file.Path}: holds {types.Length} top-level types: {string.Join(", ", types.Select(NameOf))}";
        }

        // A part of a partial type may be called Type.Part.cs, a generic one Type{T}.cs.
        string expected = file.Name.Split('.', '{', '`')[0];
        if (types.Length == 1 && NameOf(types[0]) != expected)
        {
            yield return $"{file.Path}: the file is named {expected}, its type {NameOf(types[0])}";
        }

        string folder = string.Join('.', [file.Project, .. file.Folders]);
        if (file.Root.Members.OfType<BaseNamespaceDeclarationSyntax>()
            .FirstOrDefault(n => !Fits(n.Name.ToString(), folder, file)) is { } space)
        {
            yield return $"{file.Path}: the namespace is {space.Name}, the folder {folder}";
        }
    }

    // Extension methods on the host's types live in the host's namespaces, where users find them; only the front door has any. Public types
    // live in the namespaces for users, whatever their folder.
    private static bool Fits(string space, string folder, SourceFile file) =>
        space == folder || (PublicNamespaces.ForUsers.Contains(space) && IsPublic(file))
        || (file.Folders.Length == 0 && space.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal))
        || (file.Folders.Length == 0 && space.StartsWith("Microsoft.AspNetCore.", StringComparison.Ordinal));

    private static bool IsPublic(SourceFile file) => file.Root.Members.OfType<BaseNamespaceDeclarationSyntax>()
        .SelectMany(n => n.Members).All(m => m.Modifiers.Any(SyntaxKind.PublicKeyword));

    private static string NameOf(MemberDeclarationSyntax type) => type switch
    {
        BaseTypeDeclarationSyntax named => named.Identifier.ValueText,
        DelegateDeclarationSyntax named => named.Identifier.ValueText,
        _ => throw new ArgumentException("Not a type.", nameof(type)),
    };
}
