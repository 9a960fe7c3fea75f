using System.Collections.Immutable;
using System.Globalization;
using System.Reflection.Metadata;
using System.Text;

namespace PublicDocs;

/// <summary>Writes types as the compiler writes them in the ids of documentation files.</summary>
internal sealed class DocumentationTypeNames : ISignatureTypeProvider<string, object?>
{
    /// <summary>Gets the name of a type with its namespace and the types around it.</summary>
    internal static string Of(MetadataReader reader, TypeDefinition type)
    {
        string name = reader.GetString(type.Name);
        return type.IsNested
            ? $"{Of(reader, reader.GetTypeDefinition(type.GetDeclaringType()))}.{name}" : Qualified(reader.GetString(type.Namespace), name);
    }

    public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) =>
        Of(reader, reader.GetTypeDefinition(handle));

    public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind)
    {
        TypeReference type = reader.GetTypeReference(handle);
        string name = reader.GetString(type.Name);
        return type.ResolutionScope.Kind == HandleKind.TypeReference
            ? $"{GetTypeFromReference(reader, (TypeReferenceHandle)type.ResolutionScope, rawTypeKind)}.{name}"
            : Qualified(reader.GetString(type.Namespace), name);
    }

    public string GetTypeFromSpecification(
        MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
        reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

    /// <summary>Puts the arguments in the place of the numbers of parameters: <c>List`1</c> becomes <c>List{System.Int32}</c>.</summary>
    public string GetGenericInstantiation(string genericType, ImmutableArray<string> typeArguments)
    {
        StringBuilder name = new();
        int used = 0;
        string[] parts = genericType.Split('`');
        _ = name.Append(parts[0]);
        foreach (string part in parts.Skip(1))
        {
            string digits = new([.. part.TakeWhile(char.IsAsciiDigit)]);
            int count = int.Parse(digits, CultureInfo.InvariantCulture);
            _ = name.Append('{').AppendJoin(',', typeArguments.Skip(used).Take(count)).Append('}').Append(part.AsSpan(digits.Length));
            used += count;
        }

        return name.ToString();
    }

    public string GetPrimitiveType(PrimitiveTypeCode typeCode) => $"System.{typeCode}";

    public string GetGenericMethodParameter(object? genericContext, int index) => $"``{index}";

    public string GetGenericTypeParameter(object? genericContext, int index) => $"`{index}";

    public string GetByReferenceType(string elementType) => elementType + "@";

    public string GetPointerType(string elementType) => elementType + "*";

    public string GetSZArrayType(string elementType) => elementType + "[]";

    public string GetArrayType(string elementType, ArrayShape shape) =>
        $"{elementType}[{string.Join(',', Enumerable.Repeat("0:", shape.Rank))}]";

    public string GetModifiedType(string modifier, string unmodifiedType, bool isRequired) => unmodifiedType;

    public string GetPinnedType(string elementType) => elementType;

    public string GetFunctionPointerType(MethodSignature<string> signature) =>
        $"=FUNC:{signature.ReturnType}({string.Join(',', signature.ParameterTypes)})";

    private static string Qualified(string @namespace, string name) => @namespace.Length == 0 ? name : $"{@namespace}.{name}";
}
