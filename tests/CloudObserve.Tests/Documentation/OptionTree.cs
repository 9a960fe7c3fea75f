using System.Reflection;
using System.Xml.Linq;
using CloudObserve.Tests.Conventions;

namespace CloudObserve.Tests.Documentation;

/// <summary>Every section and key below <c>CloudObserve</c>, found by walking the options as the binder does.</summary>
internal static class OptionTree
{
    private static readonly XDocument Docs = XmlDocs.Of(typeof(CloudObserveOptions).Assembly);

    internal static IReadOnlyList<OptionSection> Sections { get; } = [.. Walk(CloudObserveOptions.SectionName, typeof(CloudObserveOptions))];

    /// <summary>Gets the keys that have a value or a list of values, not those that are sections.</summary>
    internal static IEnumerable<OptionKey> Leaves => Sections.SelectMany(s => s.Keys).Where(k => k.Options is null);

    internal static bool IsOptions(Type type) => type.Assembly == typeof(CloudObserveOptions).Assembly && type.Name.EndsWith("Options", StringComparison.Ordinal);

    private static IEnumerable<OptionSection> Walk(string path, Type type)
    {
        object defaults = Activator.CreateInstance(type)!;
        OptionKey[] keys = [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(CanBeConfigured)
            .OrderBy(p => p.MetadataToken)
            .Select(p => new OptionKey(path, p, p.GetValue(defaults), Docs.Member(p)))];
        XElement? docs = Docs.Member(type);
        yield return new OptionSection(path, DocText.WithoutPath(DocText.Of(docs?.Element("summary"))), DocText.Of(docs?.Element("remarks")), keys);
        foreach (OptionSection below in keys.Where(k => k.Options is not null).SelectMany(k => Walk(k.BelowPath, k.Options!)))
        {
            yield return below;
        }
    }

    // A step in code (a delegate) is documented with the rest of the API; configuration cannot hold one.
    private static bool CanBeConfigured(PropertyInfo property) =>
        property.GetIndexParameters().Length == 0 && !property.PropertyType.IsSubclassOf(typeof(Delegate));
}
