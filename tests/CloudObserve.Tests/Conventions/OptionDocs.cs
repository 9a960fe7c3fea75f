using System.Reflection;
using System.Xml.Linq;

namespace CloudObserve.Tests.Conventions;

/// <summary>
/// Every option's <c>value</c> element states its default, and a number, time or switch stated there is the one the code has.
/// </summary>
internal static class OptionDocs
{
    internal static IEnumerable<string> Violations(Assembly assembly, XDocument docs) =>
        from type in assembly.GetExportedTypes()
        where type.IsClass && type.Name.EndsWith("Options", StringComparison.Ordinal)
        let defaults = type.IsAbstract || type.GetConstructor([]) is null ? null : Activator.CreateInstance(type)
        from property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        where property.SetMethod?.IsPublic == true && property.DeclaringType!.Assembly == assembly
        && property.GetIndexParameters().Length == 0
        let fault = Fault(docs.Member(property)?.Element("value"), property, defaults)
        where fault is not null
        select $"{type.FullName}.{property.Name}: {fault}";

    private static string? Fault(XElement? value, PropertyInfo property, object? defaults)
    {
        if (value is null)
        {
            return "has no <value>";
        }

        if (!value.Value.Contains("default", StringComparison.OrdinalIgnoreCase))
        {
            return "its <value> states no default";
        }

        object? actual = defaults is null ? null : property.GetValue(defaults);
        return defaults is null || StatedDefault.Agrees(value, property.PropertyType, actual)
            ? null : $"its <value> says \"{value.Value.Trim()}\", the code has {actual ?? "null"}";
    }
}
