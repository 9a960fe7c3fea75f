using System.Buffers;
using System.Text;
using System.Text.Json;

namespace CloudObserve.Audit.Files;

/// <summary>Represents the newest digest at the time when a record was written.</summary>
/// <remarks>The record names it, so that removing the digest later leaves evidence in the chain of records.</remarks>
/// <param name="Key">The path of the digest, relative to the trail's directory.</param>
/// <param name="Hash">The SHA-256 of the uncompressed content, in lower-case hexadecimal digits.</param>
/// <param name="Signature">The signature, in lower-case hexadecimal digits.</param>
internal sealed record DigestAnchor(string Key, string Hash, string Signature)
{
    /// <summary>The name of the stamp's member that holds the anchor.</summary>
    internal const string Name = "digest";

    private const string KeyName = "object";
    private const string HashName = "hash";
    private const string SignatureName = "signature";

    /// <summary>Gets an upper limit for the size of the anchor in a record, in bytes.</summary>
    internal int MaxLength => Key.Length + Hash.Length + Signature.Length + 64;

    /// <summary>Reads the members of an anchor, starting at its opening brace.</summary>
    internal static DigestAnchor? Read(ref Utf8JsonReader json) =>
        json.TokenType == JsonTokenType.StartObject && TryText(ref json, KeyName, out string key)
        && TryText(ref json, HashName, out string hash)
        && TryText(ref json, SignatureName, out string signature) && json.Read() && json.TokenType == JsonTokenType.EndObject
            ? new DigestAnchor(key, hash, signature)
            : null;

    /// <summary>Writes the anchor as an additional member of a stamp.</summary>
    /// <remarks>None of its characters needs escaping.</remarks>
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
