using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace CloudObserve.Audit.Files;

/// <summary>Represents the content of <c>journal/journal.head</c>: the newest line, the newest digest and the trail.</summary>
/// <param name="Newest">The newest line that was written.</param>
/// <param name="Digest">The hash of the newest digest; <see langword="null"/> if the file names none.</param>
/// <param name="Identity">The trail and the directory in which it was written; <see langword="null"/> in a file of an earlier
/// version.</param>
internal sealed record JournalHead(TrailHead Newest, RecordHash? Digest = null, TrailIdentity? Identity = null)
{
    /// <summary>The largest size of the file in bytes.</summary>
    /// <remarks>It is always written as a whole within one sector, so that it never mixes old and new content.</remarks>
    internal const int MaxFileLength = 512;

    // The sizes in trails of earlier versions, with and without a digest.
    private const int LengthWithDigest = 256;
    private const int LengthWithoutDigest = 128;

    private const string Trail = "trail";
    private const string Place = "place";
    private const string Check = "check";
    private const int CheckDigits = 8;

    /// <summary>Parses the bytes of the file.</summary>
    /// <returns><see langword="null"/> if the bytes are not a head.</returns>
    internal static JournalHead? Read(ReadOnlySpan<byte> file)
    {
        try
        {
            Utf8JsonReader json = new(file);
            if (!json.Read() || !json.Read() || !Names(ref json, "sequence") || !json.TryGetInt64(out long sequence) || sequence < 0
                || !json.Read() || !TryText(ref json, "hash", out string hash)
                || !RecordHash.TryParse(Encoding.UTF8.GetBytes(hash), out RecordHash newest)
                || !TryReadDigest(ref json, out RecordHash? digest) || !TryReadIdentity(ref json, out TrailIdentity? identity))
            {
                return null;
            }

            JournalHead head = new(new TrailHead(sequence, newest), digest, identity);
            return IsUnchanged(ref json, head) && json.TokenType == JsonTokenType.EndObject && !json.Read() ? head : null;
        }
        catch (Exception notJson) when (notJson is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Returns the bytes of the file: JSON, blanks, and a line feed.</summary>
    internal byte[] ToFile()
    {
        StringBuilder json = Members();

        // Computed first, because an interpolated text is appended piece by piece.
        string check = CheckOf(json);
        _ = Identity is null ? json : json.Append(CultureInfo.InvariantCulture, $",\"{Check}\":\"{check}\"");
        int length = Identity is not null ? MaxFileLength : Digest is not null ? LengthWithDigest : LengthWithoutDigest;
        return Encoding.ASCII.GetBytes(json.Append('}').ToString().PadRight(length - 1) + "\n");
    }

    private StringBuilder Members()
    {
        StringBuilder json = new(MaxFileLength);
        _ = json.Append(CultureInfo.InvariantCulture, $"{{\"sequence\":{Newest.Sequence},\"hash\":\"{Newest.Hash}\"");
        _ = Digest is { } digest ? json.Append(CultureInfo.InvariantCulture, $",\"{DigestAnchor.Name}\":\"{digest}\"") : json;
        return Identity is { } identity
            ? json.Append(CultureInfo.InvariantCulture, $",\"{Trail}\":\"{identity.TrailText}\",\"{Place}\":\"{identity.PlaceText}\"")
            : json;
    }

    // The first 32 bits of the SHA-256 hash of what precedes it. A change of the trail or the place would otherwise go unnoticed, because
    // one of them is enough.
    private static string CheckOf(StringBuilder members) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(members.ToString())))[..CheckDigits];

    private static bool IsUnchanged(ref Utf8JsonReader json, JournalHead head) =>
        head.Identity is null || (TryText(ref json, Check, out string check) && check == CheckOf(head.Members()) && json.Read());

    // After each of these methods the reader is at the name of the next member, or at the closing brace.
    private static bool TryReadDigest(ref Utf8JsonReader json, out RecordHash? digest)
    {
        digest = null;
        if (json.Read() && json.TokenType == JsonTokenType.PropertyName && json.ValueTextEquals(DigestAnchor.Name))
        {
            if (!TryText(ref json, DigestAnchor.Name, out string text)
                || !RecordHash.TryParse(Encoding.UTF8.GetBytes(text), out RecordHash hash) || !json.Read())
            {
                return false;
            }

            digest = hash;
        }

        return true;
    }

    private static bool TryReadIdentity(ref Utf8JsonReader json, out TrailIdentity? identity)
    {
        identity = null;
        if (json.TokenType == JsonTokenType.PropertyName)
        {
            if (!TryText(ref json, Trail, out string trail) || !json.Read() || !TryText(ref json, Place, out string place)
                || !TrailIdentity.TryParse(trail, place, out TrailIdentity read) || !json.Read())
            {
                return false;
            }

            identity = read;
        }

        return true;
    }

    private static bool TryText(ref Utf8JsonReader json, string name, out string text)
    {
        bool isText = Names(ref json, name) && json.TokenType == JsonTokenType.String;
        text = isText ? json.GetString()! : string.Empty;
        return isText;
    }

    private static bool Names(ref Utf8JsonReader json, string name) =>
        json.TokenType == JsonTokenType.PropertyName && json.ValueTextEquals(name) && json.Read();
}
