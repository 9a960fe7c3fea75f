using System.Reflection;
using System.Xml.Linq;
using Microsoft.Extensions.Configuration;

namespace CloudObserve.Tests.Documentation;

/// <summary>A key of the configuration: the property it binds to, and what the property's documentation says.</summary>
/// <param name="Section">The path of the section it stands in.</param>
/// <param name="Property">The property.</param>
/// <param name="Default">What the property has when nothing is configured.</param>
/// <param name="Docs">The property's documentation.</param>
internal sealed record OptionKey(string Section, PropertyInfo Property, object? Default, XElement? Docs)
{
    internal string Name => Property.GetCustomAttribute<ConfigurationKeyNameAttribute>()?.Name ?? Property.Name;

    internal string Path => $"{Section}:{Name}";

    internal Type Type => Nullable.GetUnderlyingType(Property.PropertyType) ?? Property.PropertyType;

    /// <summary>Gets the type of a list's or dictionary's elements; null for a key that has one value.</summary>
    internal Type? ElementType => Type.IsGenericType && Type != typeof(string) ? Type.GetGenericArguments()[^1] : null;

    internal bool IsMap => Type.IsGenericType && Type.GetGenericTypeDefinition() == typeof(IDictionary<,>);

    /// <summary>Gets the options that this key is a section of, or has many sections of.</summary>
    internal Type? Options => OptionTree.IsOptions(ElementType ?? Type) ? ElementType ?? Type : null;

    /// <summary>Gets the path of the section or sections below this key.</summary>
    internal string BelowPath => ElementType is null ? Path : IsMap ? Path + ":{name}" : Path + ":{n}";

    internal string Summary => DocText.WithoutVerb(DocText.Of(Docs?.Element("summary")));

    internal string Remarks => DocText.Of(Docs?.Element("remarks"));

    internal string Value => DocText.Of(Docs?.Element("value"));
}
