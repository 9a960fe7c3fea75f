using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace CloudObserve.Tests.Conventions;

/// <summary>The public surface of an assembly as text that a reviewer can read: one line a type, one a member, in a fixed order.</summary>
internal static class ApiText
{
    internal static string Of(Assembly assembly)
    {
        StringBuilder text = new();
        // A name that cannot be written in C# is the compiler's, such as the groups it makes of extension members.
        IEnumerable<IGrouping<string, Type>> spaces = assembly.GetExportedTypes()
            .Where(t => !t.FullName!.Contains('<', StringComparison.Ordinal))
            .GroupBy(t => t.Namespace ?? "");
        foreach (IGrouping<string, Type> space in spaces.OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            text.Append(text.Length > 0 ? "\n" : "").Append("namespace ").Append(space.Key).Append('\n');
            foreach (Type type in space.OrderBy(ApiNames.Nested, StringComparer.Ordinal))
            {
                Append(text, type);
            }
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, Type type)
    {
        text.Append('\n').Append(ApiNames.Attributes(type)).Append(Declaration(type)).Append('\n');
        if (!typeof(Delegate).IsAssignableFrom(type))
        {
            foreach (string member in type.IsEnum ? EnumMembers(type) : ApiMembers.Of(type))
            {
                text.Append("    ").Append(member).Append('\n');
            }
        }
    }

    private static string Declaration(Type type)
    {
        if (typeof(Delegate).IsAssignableFrom(type))
        {
            return "delegate " + ApiMembers.Signature(type.GetMethod("Invoke")!, ApiNames.Nested(type), type.GetGenericArguments());
        }

        string generic = type.IsEnum ? "" : ApiNames.Constraints(type.GetGenericArguments());
        string[] bases = [.. Bases(type)];
        return $"{Kind(type)} {ApiNames.Nested(type)}{(bases.Length > 0 ? " : " + string.Join(", ", bases) : "")}{generic}";
    }

    private static string Kind(Type type)
    {
        string kind = ApiMembers.IsRecord(type) ? "record" : "class";
        return type switch
        {
            { IsInterface: true } => "interface",
            { IsEnum: true } => "enum",
            { IsValueType: true } => StructKind(type),
            { IsAbstract: true, IsSealed: true } => "static " + kind,
            { IsAbstract: true } => "abstract " + kind,
            { IsSealed: true } => "sealed " + kind,
            _ => kind,
        };
    }

    private static string StructKind(Type type) =>
        (type.IsDefined(typeof(IsReadOnlyAttribute)) ? "readonly " : "") + (type.IsByRefLike ? "ref " : "")
        + (ApiMembers.IsRecord(type) ? "record struct" : "struct");

    private static IEnumerable<string> Bases(Type type)
    {
        if (type.IsEnum)
        {
            return type.GetEnumUnderlyingType() == typeof(int) ? [] : [ApiNames.Of(type.GetEnumUnderlyingType())];
        }

        IEnumerable<Type> inherited =
            (type.BaseType?.GetInterfaces() ?? []).Concat(type.GetInterfaces().SelectMany(i => i.GetInterfaces()));
        IEnumerable<Type> parent = type.IsValueType || type.BaseType is null || type.BaseType == typeof(object) ? [] : [type.BaseType];

        // Every record implements IEquatable of itself; saying so tells nothing.
        IEnumerable<Type> own = type.GetInterfaces().Except(inherited)
            .Where(i => i.IsVisible && !(ApiMembers.IsRecord(type) && i.Name == "IEquatable`1"));
        return parent.Select(ApiNames.Of).Concat(own.Select(ApiNames.Of).Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> EnumMembers(Type type) => type.GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(f => $"{ApiNames.Attributes(f)}{f.Name} = {Convert.ToString(f.GetRawConstantValue(), System.Globalization.CultureInfo.InvariantCulture)}");
}
