using System.Xml.Linq;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CloudObserve.Tests.Conventions;

/// <summary>
/// No shipped package sees the internals of another: what a satellite needs, a user can need too, and versions need not match exactly.
/// </summary>
internal static class SatelliteAccess
{
    internal static IEnumerable<string> InProjects(IEnumerable<(string Path, string Xml)> projects, IReadOnlyList<string> shipped) =>
        from project in projects
        from element in XDocument.Parse(project.Xml).Descendants()
        where element.Name.LocalName == "InternalsVisibleTo"
        let friend = (string?)element.Attribute("Include") ?? ""
        where shipped.Contains(friend)
        select $"{project.Path}: shows its internals to {friend}, which ships";

    internal static IEnumerable<string> InSource(IEnumerable<SourceFile> files, IReadOnlyList<string> shipped) =>
        from file in files
        from attribute in file.Root.DescendantNodes().OfType<AttributeSyntax>()
        where attribute.Name.ToString().Contains("InternalsVisibleTo", StringComparison.Ordinal)
        let friend = attribute.ArgumentList?.ToString().Trim('(', ')', '"').Split(',')[0] ?? ""
        where shipped.Contains(friend)
        select $"{file.At(attribute)}: shows its internals to {friend}, which ships";
}
