using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace CloudObserve.Tests.Conventions;

/// <summary>Types, constraints, literals and telling attributes as C# would write them.</summary>
internal static class ApiNames
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(char)] = "char",
        [typeof(byte)] = "byte",
        [typeof(sbyte)] = "sbyte",
        [typeof(short)] = "short",
        [typeof(ushort)] = "ushort",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
    };

    private static readonly Type[] Telling =
    [
        typeof(FlagsAttribute), typeof(ObsoleteAttribute), typeof(ExperimentalAttribute), typeof(EditorBrowsableAttribute),
        typeof(RequiresUnreferencedCodeAttribute), typeof(RequiresDynamicCodeAttribute), typeof(InterpolatedStringHandlerAttribute),
    ];

    private static readonly NullabilityInfoContext Nullability = new();

    internal static string Of(Type type) => Render(type, null, null);

    internal static string Of(ParameterInfo parameter) =>
        Render(parameter.ParameterType, Nullability.Create(parameter), TupleNames(parameter));

    internal static string Of(PropertyInfo property) => Render(property.PropertyType, Nullability.Create(property), TupleNames(property));

    internal static string Of(FieldInfo field) => Render(field.FieldType, Nullability.Create(field), TupleNames(field));

    internal static string Of(EventInfo handler) => Render(handler.EventHandlerType!, Nullability.Create(handler), null);

    /// <summary>A type's own name with its type parameters, behind those of the types it is nested in.</summary>
    internal static string Nested(Type type)
    {
        string outer = type.DeclaringType is { } declaring ? Nested(declaring) + "." : "";
        bool generic = type.IsGenericTypeDefinition && type.Name.Contains('`', StringComparison.Ordinal);
        return outer + type.Name.Split('`')[0] + (generic ? $"<{string.Join(", ", type.GetGenericArguments().Select(Variance))}>" : "");
    }

    internal static string Constraints(Type[] generic) => string.Concat(generic.Where(g => g.IsGenericParameter).Select(g =>
    {
        GenericParameterAttributes flags = g.GenericParameterAttributes;
        bool isStruct = flags.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint);
        string[] all =
        [
            .. isStruct ? ["struct"] : flags.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint) ? (string[])["class"] : [],
            .. g.GetGenericParameterConstraints().Where(c => c != typeof(ValueType)).Select(Of),
            .. !isStruct && flags.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint) ? ["new()"] : (string[])[],
            .. flags.HasFlag(GenericParameterAttributes.AllowByRefLike) ? ["allows ref struct"] : (string[])[],
        ];
        return all.Length > 0 ? $" where {g.Name} : {string.Join(", ", all)}" : "";
    }));

    internal static string Literal(object? value, Type type)
    {
        Type plain = Nullable.GetUnderlyingType(type) ?? type;
        return value switch
        {
            null => plain.IsValueType && plain == type ? "default" : "null",
            string text => $"\"{text}\"",
            char c => $"'{c}'",
            bool b => b ? "true" : "false",
            _ when plain.IsEnum => $"{plain.Name}.{Enum.ToObject(plain, value)}",
            _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        };
    }

    internal static string Attributes(MemberInfo member) => string.Concat(member.GetCustomAttributesData()
        .Where(a => Telling.Contains(a.AttributeType) && !IsCompilersOwn(a))
        .Select(a => $"[{a.AttributeType.Name[..^"Attribute".Length]}{Arguments(a)}] ")
        .Order(StringComparer.Ordinal));

    private static string Arguments(CustomAttributeData attribute) => attribute.ConstructorArguments.Count == 0
        ? ""
        : $"({string.Join(", ", attribute.ConstructorArguments.Select(c => Literal(c.Value, c.ArgumentType)))})";

    // Ref structs and types with required members carry an Obsolete that speaks to old compilers, not to users.
    private static bool IsCompilersOwn(CustomAttributeData attribute) => attribute.AttributeType == typeof(ObsoleteAttribute)
        && attribute.ConstructorArguments is [{ Value: string text }, ..]
        && (text.StartsWith("Types with embedded references", StringComparison.Ordinal)
            || text.StartsWith("Constructors of types with required members", StringComparison.Ordinal));

    private static string Variance(Type parameter) =>
        (parameter.GenericParameterAttributes & GenericParameterAttributes.VarianceMask) switch
        {
            GenericParameterAttributes.Covariant => "out ",
            GenericParameterAttributes.Contravariant => "in ",
            _ => "",
        } + parameter.Name;

    private static Queue<string?>? TupleNames(ICustomAttributeProvider place) =>
        place.GetCustomAttributes(typeof(TupleElementNamesAttribute), inherit: false) is [TupleElementNamesAttribute names]
            ? new Queue<string?>(names.TransformNames) : null;

    private static string Render(Type type, NullabilityInfo? info, Queue<string?>? names)
    {
        if (type.IsByRef)
        {
            return Render(type.GetElementType()!, info?.ElementType ?? info, names);
        }

        if (Nullable.GetUnderlyingType(type) is { } value)
        {
            return Render(value, null, names) + "?";
        }

        // An unconstrained T reads as nullable whether or not it is written T?; the mark would tell nothing.
        bool open = type.IsGenericParameter && !type.GenericParameterAttributes.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint);
        string mark = info is { ReadState: NullabilityState.Nullable } && !type.IsValueType && !open ? "?" : "";
        return type.IsArray
            ? $"{Render(type.GetElementType()!, info?.ElementType, names)}[{new string(',', type.GetArrayRank() - 1)}]{mark}"
            : Bare(type, info, names) + mark;
    }

    private static string Bare(Type type, NullabilityInfo? info, Queue<string?>? names)
    {
        if (Keywords.TryGetValue(type, out string? keyword))
        {
            return keyword;
        }

        if (!type.IsGenericType)
        {
            return type.IsGenericParameter ? type.Name : Nested(type);
        }

        Type[] arguments = type.GetGenericArguments();
        bool tuple = type.IsValueType && type.FullName?.StartsWith("System.ValueTuple`", StringComparison.Ordinal) == true;

        // The compiler lists a tuple's own element names before those of tuples inside it.
        string?[] own = [.. arguments.Select(_ => tuple && names?.Count > 0 ? names.Dequeue() : null)];
        IEnumerable<string> parts = arguments.Select((a, i) =>
            Render(a, info?.GenericTypeArguments.ElementAtOrDefault(i), names) + (own[i] is { } name ? " " + name : ""));
        string inner = string.Join(", ", parts);
        string outer = type.DeclaringType is { } declaring ? Nested(declaring).Split('<')[0] + "." : "";
        return tuple ? $"({inner})" : $"{outer}{type.Name.Split('`')[0]}<{inner}>";
    }
}
