using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;

namespace CloudObserve.Audit.Files;

/// <summary>Represents the position of a record in the chain: its number, and the hash of the line before.</summary>
/// <param name="Sequence">The number of the record; the first record of a trail has number 1.</param>
/// <param name="PreviousHash">The hash of the line before; <see cref="RecordHash.None"/> for the first record.</param>
internal readonly record struct TrailStamp(long Sequence, RecordHash PreviousHash)
{
    /// <summary>An upper limit for the size of a stamp in a record, in bytes.</summary>
    internal const int MaxLength = 128;

    private const int MaxSequenceDigits = 19;

    /// <summary>Finds the stamp of a record.</summary>
    /// <param name="line">A line, or a record of a sealed file.</param>
    /// <param name="stamp">The stamp of the record.</param>
    /// <returns><see langword="false"/> if the line is not a single JSON object with a stamp at its place.</returns>
    internal static bool TryRead(ReadOnlySpan<byte> line, out TrailStamp stamp) => TryRead(line, out stamp, out _);

    /// <summary>Finds the stamp of a record, and the digest that the record names.</summary>
    /// <param name="line">A line, or a record of a sealed file.</param>
    /// <param name="stamp">The stamp of the record.</param>
    /// <param name="digest">The digest; <see langword="null"/> if the record names none.</param>
    /// <returns><see langword="false"/> if the line is not a single JSON object with a stamp at its place.</returns>
    internal static bool TryRead(ReadOnlySpan<byte> line, out TrailStamp stamp, out DigestAnchor? digest)
    {
        (stamp, digest) = (default, null);
        try
        {
            Utf8JsonReader json = new(line);
            return json.Read() && json.TokenType == JsonTokenType.StartObject && ReadRecord(ref json, out stamp, out digest)
                && !json.Read();
        }
        catch (Exception notJson) when (notJson is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Writes the stamp as a member of <c>additionalEventData</c>.</summary>
    /// <param name="output">Takes it.</param>
    /// <param name="digest">The digest to name in the record, or <see langword="null"/>.</param>
    internal void Write(IBufferWriter<byte> output, DigestAnchor? digest = null)
    {
        output.Write("\"trail\":{\"sequence\":"u8);
        _ = Utf8Formatter.TryFormat(Sequence, output.GetSpan(MaxSequenceDigits), out int digits);
        output.Advance(digits);
        output.Write(",\"previousHash\":\""u8);
        PreviousHash.Write(output.GetSpan(RecordHash.TextLength));
        output.Advance(RecordHash.TextLength);
        output.Write("\""u8);
        digest?.Write(output);
        output.Write("}"u8);
    }

    // Reads the whole record, so that a partial record is never accepted.
    private static bool ReadRecord(ref Utf8JsonReader json, out TrailStamp stamp, out DigestAnchor? digest)
    {
        (stamp, digest) = (default, null);
        bool found = false;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            bool isPlace = json.ValueTextEquals(RecordNames.AdditionalEventData);
            _ = json.Read();
            if (isPlace)
            {
                // A second stamp would be ambiguous: readers might disagree about which one counts.
                if (found || json.TokenType != JsonTokenType.StartObject || !ReadStamp(ref json, out stamp, out digest))
                {
                    return false;
                }

                found = true;
            }
            else
            {
                json.Skip();
            }
        }

        return found;
    }

    private static bool ReadStamp(ref Utf8JsonReader json, out TrailStamp stamp, out DigestAnchor? digest)
    {
        (stamp, digest) = (default, null);
        if (!Next(ref json, RecordNames.Trail, JsonTokenType.StartObject) || !Next(ref json, RecordNames.Sequence, JsonTokenType.Number)
            || !json.TryGetInt64(out long sequence) || sequence < 1
            || !Next(ref json, RecordNames.PreviousHash, JsonTokenType.String)
            || !RecordHash.TryParse(json.ValueSpan, out RecordHash previous))
        {
            return false;
        }

        stamp = new TrailStamp(sequence, previous);
        if (!ReadAnchor(ref json, out digest))
        {
            return false;
        }

        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals(RecordNames.Trail))
            {
                return false;
            }

            _ = json.Read();
            json.Skip();
        }

        return true;
    }

    // Reads to the end of the stamp. Trails of earlier versions name no digests.
    private static bool ReadAnchor(ref Utf8JsonReader json, out DigestAnchor? digest)
    {
        digest = null;
        if (json.Read() && json.TokenType == JsonTokenType.PropertyName && json.ValueTextEquals(DigestAnchor.Name) && json.Read())
        {
            digest = DigestAnchor.Read(ref json);
            return digest is not null && json.Read() && json.TokenType == JsonTokenType.EndObject;
        }

        return json.TokenType == JsonTokenType.EndObject;
    }

    private static bool Next(ref Utf8JsonReader json, string name, JsonTokenType kind) =>
        json.Read() && json.TokenType == JsonTokenType.PropertyName && json.ValueTextEquals(name) && json.Read() && json.TokenType == kind;
}
