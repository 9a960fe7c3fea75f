using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace CloudObserve.Audit.Files;

/// <summary>The newest line ever written, as <c>journal/head.json</c> tells it.</summary>
/// <param name="Sequence">Its number; zero when nothing has been written.</param>
/// <param name="Hash">Its hash.</param>
internal readonly record struct TrailHead(long Sequence, RecordHash Hash)
{
    /// <summary>The most bytes that the file has. It is written whole each time, in one sector, so that it is never half old and half new.</summary>
    internal const int MaxFileLength = 256;

    // Trails of earlier versions, and those that have no digest yet.
    private const int LengthWithoutDigest = 128;

    /// <summary>Reads the file's bytes.</summary>
    /// <returns><see langword="false"/> when they are not a head.</returns>
    internal static bool TryParse(ReadOnlySpan<byte> file, out TrailHead head) => TryParse(file, out head, out _);

    /// <summary>Reads the file's bytes.</summary>
    /// <param name="file">The bytes.</param>
    /// <param name="head">The newest line.</param>
    /// <param name="digest">The hash of the newest digest; <see langword="null"/> when the file names none.</param>
    /// <returns><see langword="false"/> when they are not a head.</returns>
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

    /// <summary>Writes the file's bytes: JSON, blanks, and a line feed.</summary>
    /// <param name="digest">The hash of the newest digest, if there is one.</param>
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
