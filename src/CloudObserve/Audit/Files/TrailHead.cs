using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace CloudObserve.Audit.Files;

/// <summary>Represents the newest line, as stored in <c>journal/head.json</c>.</summary>
/// <param name="Sequence">The number of the line; zero if nothing has been written.</param>
/// <param name="Hash">The hash of the line.</param>
internal readonly record struct TrailHead(long Sequence, RecordHash Hash)
{
    /// <summary>The largest size of the file in bytes.</summary>
    /// <remarks>It is always written as a whole within one sector, so that it never mixes old and new content.</remarks>
    internal const int MaxFileLength = 256;

    // The size in trails of earlier versions, and in trails without a digest.
    private const int LengthWithoutDigest = 128;

    /// <summary>Parses the bytes of the file.</summary>
    /// <returns><see langword="false"/> if the bytes are not a head.</returns>
    internal static bool TryParse(ReadOnlySpan<byte> file, out TrailHead head) => TryParse(file, out head, out _);

    /// <summary>Parses the bytes of the file.</summary>
    /// <param name="file">The bytes.</param>
    /// <param name="head">The newest line.</param>
    /// <param name="digest">The hash of the newest digest; <see langword="null"/> if the file names none.</param>
    /// <returns><see langword="false"/> if the bytes are not a head.</returns>
    internal static bool TryParse(ReadOnlySpan<byte> file, out TrailHead head, out RecordHash? digest)
    {
        (head, digest) = (default, null);
        try
        {
            Utf8JsonReader json = new(file);
            if (!json.Read() || !Next(ref json, "sequence") || !json.TryGetInt64(out long sequence)
                || !Next(ref json, "hash") || json.TokenType != JsonTokenType.String || !RecordHash.TryParse(json.ValueSpan, out RecordHash hash))
            {
                return false;
            }

            head = new TrailHead(sequence, hash);
            return sequence >= 0 && TryReadDigest(ref json, out digest) && !json.Read();
        }
        catch (Exception notJson) when (notJson is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Returns the bytes of the file: JSON, blanks, and a line feed.</summary>
    /// <param name="digest">The hash of the newest digest, or <see langword="null"/>.</param>
    internal byte[] ToFile(RecordHash? digest = null)
    {
        string json = string.Create(CultureInfo.InvariantCulture, $"{{\"sequence\":{Sequence},\"hash\":\"{Hash}\"");
        return Encoding.ASCII.GetBytes(digest is null
            ? (json + "}").PadRight(LengthWithoutDigest - 1) + "\n"
            : (json + $",\"digest\":\"{digest}\"}}").PadRight(MaxFileLength - 1) + "\n");
    }

    private static bool TryReadDigest(ref Utf8JsonReader json, out RecordHash? digest)
    {
        digest = null;
        if (json.Read() && json.TokenType == JsonTokenType.PropertyName && json.ValueTextEquals(DigestAnchor.Name) && json.Read())
        {
            if (json.TokenType != JsonTokenType.String || !RecordHash.TryParse(json.ValueSpan, out RecordHash hash) || !json.Read())
            {
                return false;
            }

            digest = hash;
        }

        return json.TokenType == JsonTokenType.EndObject;
    }

    private static bool Next(ref Utf8JsonReader json, string name) =>
        json.Read() && json.TokenType == JsonTokenType.PropertyName && json.ValueTextEquals(name) && json.Read();
}
