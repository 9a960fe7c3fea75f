using System.Reflection;
using System.Reflection.Metadata;

namespace PublicDocs;

/// <summary>Finds the members of an assembly that its users can reach: those that are public or protected, in types that are.</summary>
/// <param name="metadata">The metadata of the assembly.</param>
internal sealed class PublicMembers(MetadataReader metadata)
{
    private readonly DocumentationTypeNames _names = new();

    /// <summary>Lists the ids of the members as the compiler writes them in documentation files.</summary>
    internal HashSet<string> Ids()
    {
        HashSet<string> ids = new(StringComparer.Ordinal);
        foreach (TypeDefinition type in metadata.TypeDefinitions.Select(metadata.GetTypeDefinition).Where(IsReachable))
        {
            string name = DocumentationTypeNames.Of(metadata, type);
            _ = ids.Add($"T:{name}");
            ids.UnionWith(Methods(type, name));
            ids.UnionWith(Properties(type, name));
            ids.UnionWith(Events(type, name));
            ids.UnionWith(type.GetFields().Select(metadata.GetFieldDefinition).Where(IsReachable)
                .Select(f => $"F:{name}.{metadata.GetString(f.Name)}"));
        }

        return ids;
    }

    private bool IsReachable(TypeDefinition type) => (type.Attributes & TypeAttributes.VisibilityMask) switch
    {
        TypeAttributes.Public => true,
        TypeAttributes.NestedPublic or TypeAttributes.NestedFamily
            or TypeAttributes.NestedFamORAssem => IsReachable(metadata.GetTypeDefinition(type.GetDeclaringType())),
        _ => false,
    };

    private static bool IsReachable(FieldDefinition field) =>
        (field.Attributes & FieldAttributes.FieldAccessMask) is FieldAttributes.Public or FieldAttributes.Family
        or FieldAttributes.FamORAssem;

    private bool IsReachable(MethodDefinitionHandle method) => !method.IsNil
        && (metadata.GetMethodDefinition(method).Attributes & MethodAttributes.MemberAccessMask) is MethodAttributes.Public
        or MethodAttributes.Family or MethodAttributes.FamORAssem;

    private IEnumerable<string> Methods(TypeDefinition type, string name)
    {
        foreach (MethodDefinition method in type.GetMethods().Where(IsReachable).Select(metadata.GetMethodDefinition))
        {
            MethodSignature<string> signature = method.DecodeSignature(_names, null);
            string own = metadata.GetString(method.Name);
            string arity = signature.GenericParameterCount > 0 ? $"``{signature.GenericParameterCount}" : "";
            string result = own is "op_Implicit" or "op_Explicit" ? "~" + signature.ReturnType : "";
            yield return $"M:{name}.{own.Replace('.', '#')}{arity}{Parameters(signature)}{result}";
        }
    }

    private IEnumerable<string> Properties(TypeDefinition type, string name) =>
        from property in type.GetProperties().Select(metadata.GetPropertyDefinition)
        let accessors = property.GetAccessors()
        where IsReachable(accessors.Getter) || IsReachable(accessors.Setter)
        select $"P:{name}.{metadata.GetString(property.Name)}{Parameters(property.DecodeSignature(_names, null))}";

    private IEnumerable<string> Events(TypeDefinition type, string name) =>
        from @event in type.GetEvents().Select(metadata.GetEventDefinition)
        where IsReachable(@event.GetAccessors().Adder)
        select $"E:{name}.{metadata.GetString(@event.Name)}";

    private static string Parameters(MethodSignature<string> signature) =>
        signature.ParameterTypes.IsEmpty ? "" : $"({string.Join(',', signature.ParameterTypes)})";
}
