using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using CloudObserve.Tests.Conventions;

namespace CloudObserve.Tests.Documentation;

/// <summary>
/// Every section and key below <c>CloudObserve</c>, found by walking the options as the binder does: first the library's own, then those of
/// the packages beside it, whose options name their section in the summary.
/// </summary>
internal static partial class OptionTree
{
    private const string Library = "CloudObserve";

    private static readonly Dictionary<Assembly, XDocument> Docs = Repository.ShippedAssemblies.ToDictionary(a => a, XmlDocs.Of);

    private static readonly Type[] BesideLibrary = [.. Repository.ShippedAssemblies
        .Where(a => a.GetName().Name != Library)
        .SelectMany(a => a.GetExportedTypes().Where(IsOptions))
        .OrderBy(t => t.FullName, StringComparer.Ordinal)];

    internal static IReadOnlyList<OptionSection> Sections { get; } =
    [
        .. Walk(CloudObserveOptions.SectionName, typeof(CloudObserveOptions)),
        .. BesideLibrary.Where(t => SectionOf(t) is not null).SelectMany(t => Walk(SectionOf(t)!, t)),
    ];

    /// <summary>Gets the packages that have sections, the library first.</summary>
    internal static IEnumerable<string> Packages => Sections.Select(s => s.Package).Distinct();

    /// <summary>Gets the keys that have a value or a list of values, not those that are sections.</summary>
    internal static IEnumerable<OptionKey> Leaves => Sections.SelectMany(s => s.Keys).Where(k => k.Options is null);

    /// <summary>Gets the properties of packages beside the library that no configuration can hold, or that have no section.</summary>
    internal static IEnumerable<OptionKey> InCode =>
        from type in BesideLibrary
        from property in Properties(type)
        where SectionOf(type) is null || !CanBeConfigured(property)
        select Key(type.Name, property, Activator.CreateInstance(type)!);

    internal static bool IsOptions(Type type) =>
        Repository.ShippedNames.Contains(type.Assembly.GetName().Name) && type.Name.EndsWith("Options", StringComparison.Ordinal);

    private static IEnumerable<OptionSection> Walk(string path, Type type)
    {
        object defaults = Activator.CreateInstance(type)!;
        OptionKey[] keys = [.. Properties(type).Where(CanBeConfigured).Select(p => Key(path, p, defaults))];
        XElement? docs = DocsOf(type);
        yield return new OptionSection(
            type.Assembly.GetName().Name!, path, DocText.WithoutPath(DocText.Of(docs?.Element("summary"))),
            DocText.Of(docs?.Element("remarks")), keys);
        foreach (OptionSection below in keys.Where(k => k.Options is not null).SelectMany(k => Walk(k.BelowPath, k.Options!)))
        {
            yield return below;
        }
    }

    private static IEnumerable<PropertyInfo> Properties(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).OrderBy(p => p.MetadataToken);

    private static OptionKey Key(string path, PropertyInfo property, object defaults) =>
        new(path, property, property.GetValue(defaults), Docs[property.DeclaringType!.Assembly].Member(property));

    private static XElement? DocsOf(Type type) => Docs[type.Assembly].Member(type);

    private static string? SectionOf(Type type)
    {
        Match section = Section().Match(DocText.Of(DocsOf(type)?.Element("summary")));
        return section.Success ? section.Groups["path"].Value : null;
    }

    // A step in code (a delegate) and a part of the AWS SDK are documented with the rest of the API; configuration cannot hold one.
    private static bool CanBeConfigured(PropertyInfo property)
    {
        Type type = property.PropertyType;
        return property.GetIndexParameters().Length == 0
            && (type.IsValueType || type == typeof(string) || type == typeof(Uri) || IsOptions(type)
                || (type.IsGenericType && !type.IsSubclassOf(typeof(Delegate))));
    }

    [GeneratedRegex("section `(?<path>CloudObserve:[^`]*)`")]
    private static partial Regex Section();
}
