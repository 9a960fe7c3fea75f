using System.Reflection;
using System.Xml.Linq;

namespace CloudObserve.Tests.Conventions;

/// <summary>
/// Every public type with behaviour says what several threads may do with it. Data (records, options, immutable results) needs no word.
/// </summary>
internal static class ThreadSafetyDocs
{
    internal static IEnumerable<string> Violations(Assembly assembly, XDocument docs) => assembly.GetExportedTypes()
        .Where(t => t.IsInterface || (t.IsClass && !IsData(t)))
        .Where(t => string.IsNullOrWhiteSpace(docs.Member(t)?.Element("threadsafety")?.Value))
        .Select(t => $"{t.FullName} has no <threadsafety>");

    private static bool IsData(Type type) =>
        type is { IsAbstract: true, IsSealed: true }
        || typeof(Delegate).IsAssignableFrom(type) || typeof(Exception).IsAssignableFrom(type) || typeof(Attribute).IsAssignableFrom(type)
        || type.Name.EndsWith("Options", StringComparison.Ordinal)
        || type.GetMethod("<Clone>$") is not null
        || !HasBehaviour(type);

    private static bool HasBehaviour(Type type)
    {
        const BindingFlags Own = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        return type.GetMethods(Own).Any(m => m.IsPublic && !m.IsSpecialName && m.GetBaseDefinition().DeclaringType != typeof(object))
            || type.GetFields(Own).Any(f => !f.IsInitOnly);
    }
}
