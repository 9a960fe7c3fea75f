using System.Reflection;
using System.Xml.Linq;

namespace CloudObserve.Tests.Conventions;

/// <summary>The documentation the compiler wrote beside an assembly.</summary>
internal static class XmlDocs
{
    internal static XDocument Of(Assembly assembly) => XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml"));

    internal static XElement? Member(this XDocument docs, Type type) => docs.Member("T:" + IdOf(type));

    internal static XElement? Member(this XDocument docs, PropertyInfo property) =>
        docs.Member($"P:{IdOf(property.DeclaringType!)}.{property.Name}");

    private static XElement? Member(this XDocument docs, string id) =>
        docs.Descendants("member").FirstOrDefault(m => (string?)m.Attribute("name") == id);

    private static string IdOf(Type type) => type.FullName!.Replace('+', '.');
}
