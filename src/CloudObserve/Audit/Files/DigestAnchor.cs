using System.Buffers;
using System.Text;
using System.Text.Json;

namespace CloudObserve.Audit.Files;

/// <summary>The newest digest when a record was written. The record names it, so a digest that is taken away later leaves a trace in the chain of records.</summary>
/// <param name="Key">The digest's path below the trail's directory.</param>
/// <param name="Hash">The SHA-256 of its uncompressed content, in lower-case hexadecimal digits.</param>
/// <param name="Signature">Its signature, in lower-case hexadecimal digits.</param>
internal sealed record DigestAnchor(string Key, string Hash, string Signature)
{
    /// <summary>The member of a record's stamp that holds the anchor.</summary>
    internal const string Name = "digest";

    private const string KeyName = "object";
    private const string HashName = "hash";
    private const string SignatureName = "signature";

    /// <summary>Gets more bytes than the anchor takes in a record.</summary>
    internal int MaxLength => Key.Length + Hash.Length + Signature.Length + 64;

    /// <summary>Reads the members of an anchor, from its opening brace on.</summary>
    internal static DigestAnchor? Read(ref Utf8JsonReader json) =>
        json.TokenType == JsonTokenType.StartObject && TryText(ref json, KeyName, out string key) && TryText(ref json, HashName, out string hash)
        && TryText(ref json, SignatureName, out string signature) && json.Read() && json.TokenType == JsonTokenType.EndObject
            ? new DigestAnchor(key, hash, signature)
            : null;

    /// <summary>Writes the anchor as a further member of a stamp. None of its characters needs escaping.</summary>
    internal void Write(IBufferWriter<byte> output) => output.Write(Encoding.ASCII.GetBytes(
        $",\"{Name}\":{{\"{KeyName}\":\"{Key}\",\"{HashName}\":\"{Hash}\",\"{SignatureName}\":\"{Signature}\"}}"));

    private static bool TryText(ref Utf8JsonReader json, string name, out string text)
    {
        bool isText = json.Read() && json.TokenType == JsonTokenType.PropertyName && json.ValueTextEquals(name)
            && json.Read() && json.TokenType == JsonTokenType.String;
        text = isText ? json.GetString()! : string.Empty;
        return isText;
    }
}
