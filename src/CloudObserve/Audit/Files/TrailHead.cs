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
    /// <summary>The size of the file. It is written whole each time, in one sector, so that it is never half old and half new.</summary>
    internal const int FileLength = 128;

    /// <summary>Reads the file's bytes.</summary>
    /// <returns><see langword="false"/> when they are not a head.</returns>
    internal static bool TryParse(ReadOnlySpan<byte> file, out TrailHead head)
    {
        head = default;
        try
        {
            Utf8JsonReader json = new(file);
            if (!json.Read() || !Next(ref json, "sequence") || !json.TryGetInt64(out long sequence)
                || !Next(ref json, "hash") || json.TokenType != JsonTokenType.String || !RecordHash.TryParse(json.ValueSpan, out RecordHash hash))
            {
                return false;
            }

            head = new TrailHead(sequence, hash);
            return sequence >= 0 && json.Read() && json.TokenType == JsonTokenType.EndObject && !json.Read();
        }
        catch (Exception notJson) when (notJson is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Writes the file's bytes: JSON, blanks, and a line feed.</summary>
    internal byte[] ToFile() => Encoding.ASCII.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"{{\"sequence\":{Sequence},\"hash\":\"{Hash}\"}}").PadRight(FileLength - 1) + "\n");

    private static bool Next(ref Utf8JsonReader json, string name) =>
        json.Read() && json.TokenType == JsonTokenType.PropertyName && json.ValueTextEquals(name) && json.Read();
}
