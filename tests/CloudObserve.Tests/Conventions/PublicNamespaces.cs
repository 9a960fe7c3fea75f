using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CloudObserve.Tests.Conventions;

/// <summary>
/// Checks that public types are in the namespaces that users import, and that no internal type is in one of them by accident.
/// </summary>
internal static class PublicNamespaces
{
    /// <summary>The namespaces that are not named after a folder of the package.</summary>
    internal static readonly string[] ForUsers =
    [
        "CloudObserve", "CloudObserve.Audit", "CloudObserve.Delivery", "CloudObserve.Events", "CloudObserve.Filters",
        "CloudObserve.Insights", "CloudObserve.Local", "CloudObserve.Logs",
        "CloudObserve.Metrics", "CloudObserve.Monitoring",
    ];

    // A satellite is small enough for one namespace. The host's own namespaces hold the extension methods on the host's types.
    private static readonly string[] OfPackages =
        ["CloudObserve.AspNetCore", "CloudObserve.S3", "CloudObserve.Testing"];

    internal static IEnumerable<string> Violations(IEnumerable<SourceFile> files) => files.SelectMany(Violations);

    private static IEnumerable<string> Violations(SourceFile file)
    {
        foreach (BaseNamespaceDeclarationSyntax space in file.Root.Members.OfType<BaseNamespaceDeclarationSyntax>())
        {
            string name = space.Name.ToString();
            bool isForUsers = ForUsers.Contains(name) || OfPackages.Contains(name)
                || name.StartsWith("Microsoft.", StringComparison.Ordinal);
            string folder = string.Join('.', [file.Project, .. file.Folders]);
            foreach (MemberDeclarationSyntax type in space.Members)
            {
                bool isPublic = type.Modifiers.Any(SyntaxKind.PublicKeyword);
                if (isPublic && !isForUsers)
                {
                    yield return $"{file.At(type)}: a public type is in {name}, which is the name of an inner folder";
                }

                if (!isPublic && name != folder)
                {
                    yield return $"{file.At(type)}: an internal type is in {name}, its folder is {folder}";
                }
            }
        }
    }
}
