using System.Reflection;
using System.Runtime.CompilerServices;

namespace CloudObserve.Tests.Conventions;

/// <summary>The members of a type that others can see, without what the compiler adds to records.</summary>
internal static class ApiMembers
{
    private const BindingFlags Own = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic
        | BindingFlags.DeclaredOnly;

    internal static IEnumerable<string> Of(Type type) => new IEnumerable<(string Name, string Text)>[]
    {
        type.GetFields(Own).Where(f => f.IsPublic || f.IsFamily || f.IsFamilyOrAssembly).Select(f => (f.Name, Field(f))),
        type.GetConstructors(Own).Where(c => !c.IsStatic && Visible(c) && !Generated(c)).Select(c => (c.Name, Constructor(c))),
        type.GetProperties(Own).Where(p => p.GetAccessors(true).Any(Visible) && !Generated(p)).Select(p => (p.Name, Property(p))),
        type.GetEvents(Own).Where(e => Visible(e.AddMethod!)).Select(e => (e.Name, Event(e))),
        type.GetMethods(Own).Where(m => Visible(m) && !Generated(m) && !IsAccessor(m)).Select(m => (m.Name, Method(m))),
    }.SelectMany(kind => kind.OrderBy(m => m.Name, StringComparer.Ordinal).ThenBy(m => m.Text, StringComparer.Ordinal)).Select(m => m.Text);

    internal static bool IsRecord(Type type) => type.GetMethod("PrintMembers", Own) is { } print && Generated(print);

    internal static string Signature(MethodInfo method, string name, Type[] generic) =>
        $"{ApiNames.Of(method.ReturnParameter)} {name}{Parameters(method)}{ApiNames.Constraints(generic)}";

    private static bool Visible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool Generated(MemberInfo member) => member.IsDefined(typeof(CompilerGeneratedAttribute));

    private static bool IsAccessor(MethodInfo method) => method.IsSpecialName && !method.Name.StartsWith("op_", StringComparison.Ordinal);

    private static string Access(MethodBase method) => method.IsPublic ? "" : "protected ";

    private static string Modifiers(MethodInfo method)
    {
        if (method.IsStatic)
        {
            return method.IsAbstract ? "static abstract " : "static ";
        }

        bool overrides = method.GetBaseDefinition().DeclaringType != method.DeclaringType;
        return method switch
        {
            { DeclaringType.IsInterface: true } => method.IsAbstract ? "" : "default ",
            { IsAbstract: true } => overrides ? "abstract override " : "abstract ",
            { IsVirtual: true } when overrides => method.IsFinal ? "sealed override " : "override ",
            { IsVirtual: true, IsFinal: false } => "virtual ",
            _ => "",
        };
    }

    private static string Field(FieldInfo field)
    {
        string kind = field.IsLiteral ? "const " : (field.IsStatic ? "static " : "") + (field.IsInitOnly ? "readonly " : "");
        string value = field.IsLiteral ? " = " + ApiNames.Literal(field.GetRawConstantValue(), field.FieldType) : "";
        return $"{(field.IsPublic ? "" : "protected ")}{ApiNames.Attributes(field)}{kind}{ApiNames.Of(field)} {field.Name}{value}";
    }

    private static string Constructor(ConstructorInfo constructor) =>
        Access(constructor) + ApiNames.Attributes(constructor) + constructor.DeclaringType!.Name.Split('`')[0] + Parameters(constructor);

    private static string Event(EventInfo handler) =>
        $"{Access(handler.AddMethod!)}{Modifiers(handler.AddMethod!)}event {ApiNames.Of(handler)} {handler.Name}";

    private static string Property(PropertyInfo property)
    {
        MethodInfo first = property.GetAccessors(true).First(Visible);
        bool init = property.SetMethod?.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) == true;
        string get = property.GetMethod is { } g && Visible(g) ? "get; " : "";
        string narrower = property.SetMethod?.IsPublic == true || !first.IsPublic ? "" : "protected ";
        string set = property.SetMethod is { } s && Visible(s) ? narrower + (init ? "init; " : "set; ") : "";
        string name = property.GetIndexParameters().Length > 0
            ? "this" + Parameters(property.GetIndexParameters(), '[', ']') : property.Name;
        string required = property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "";
        return $"{Access(first)}{ApiNames.Attributes(property)}{Modifiers(first)}{required}{ApiNames.Of(property)} {name} {{ {get}{set}}}";
    }

    private static string Method(MethodInfo method)
    {
        Type[] generic = method.GetGenericArguments();
        string name = method.Name + (generic.Length > 0 ? $"<{string.Join(", ", generic.Select(g => g.Name))}>" : "");
        string readOnly = method.IsDefined(typeof(IsReadOnlyAttribute)) ? "readonly " : "";
        return Access(method) + ApiNames.Attributes(method) + Modifiers(method) + readOnly + Signature(method, name, generic);
    }

    private static string Parameters(MethodBase method)
    {
        string text = Parameters(method.GetParameters(), '(', ')');
        return method.IsDefined(typeof(ExtensionAttribute)) ? "(this " + text[1..] : text;
    }

    private static string Parameters(ParameterInfo[] parameters, char open, char close) =>
        open + string.Join(", ", parameters.Select(Parameter)) + close;

    private static string Parameter(ParameterInfo parameter)
    {
        string passed = parameter switch
        {
            { ParameterType.IsByRef: true, IsOut: true } => "out ",
            { ParameterType.IsByRef: true, IsIn: true } => "in ",
            { ParameterType.IsByRef: true } => "ref ",
            _ => parameter.IsDefined(typeof(ParamArrayAttribute)) || parameter.IsDefined(typeof(ParamCollectionAttribute)) ? "params " : "",
        };
        string fallback = parameter.HasDefaultValue ? " = " + ApiNames.Literal(parameter.RawDefaultValue, parameter.ParameterType) : "";
        return $"{passed}{ApiNames.Of(parameter)} {parameter.Name}{fallback}";
    }
}
