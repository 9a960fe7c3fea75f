using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using CloudObserve.Pipeline.Delivery;

namespace CloudObserve.Pipeline.Spooling;

/// <summary>The form of a spooled batch: one line of JSON that says what it is, the places and weights of its items, the body as it goes on the wire, and a checksum over all of it.</summary>
/// <remarks>
/// <code>
/// {"version":1,"operation":"PutLogEvents","destination":"…","created":ticks,"acceptableUntil":ticks,"prefix":n,"items":n,"weighted":false,"body":n}\n
/// items × 4 bytes: where each item ends · if weighted, items × 8 bytes: what each counts for · the body · 32 bytes: SHA-256 of everything before
/// </code>
/// Numbers outside the line are little-endian.
/// </remarks>
internal static class SpoolFile
{
    private const int Version = 1;
    private const int ChecksumBytes = SHA256.HashSizeInBytes;

    // Far above what a header takes; a line without an end must not be searched through a body.
    private const int MaxHeaderBytes = 64 * 1024;

    internal static byte[] Encode(Batch batch)
    {
        ArrayBufferWriter<byte> output = new(batch.Body.Length + (12 * batch.ItemCount) + 1024);
        WriteHeader(batch, output);
        foreach (int end in batch.Ends)
        {
            BinaryPrimitives.WriteInt32LittleEndian(output.GetSpan(sizeof(int)), end);
            output.Advance(sizeof(int));
        }

        foreach (long weight in batch.Weights)
        {
            BinaryPrimitives.WriteInt64LittleEndian(output.GetSpan(sizeof(long)), weight);
            output.Advance(sizeof(long));
        }

        output.Write(batch.Body.Span);
        _ = SHA256.HashData(output.WrittenSpan, output.GetSpan(ChecksumBytes));
        output.Advance(ChecksumBytes);
        return output.WrittenSpan.ToArray();
    }

    /// <exception cref="InvalidDataException">The bytes are not a batch; the message says what is wrong.</exception>
    internal static Batch Decode(ReadOnlySpan<byte> file)
    {
        if (file.Length <= ChecksumBytes || !SHA256.HashData(file[..^ChecksumBytes]).AsSpan().SequenceEqual(file[^ChecksumBytes..]))
        {
            throw new InvalidDataException("The checksum does not fit the content.");
        }

        int line = file[..Math.Min(file.Length, MaxHeaderBytes)].IndexOf((byte)'\n');
        try
        {
            using JsonDocument header = JsonDocument.Parse(file[..Math.Max(line, 0)].ToArray());
            return Decode(header.RootElement, file[(line + 1)..^ChecksumBytes]);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new InvalidDataException($"The content is not a batch of version {Version}: {exception.Message}", exception);
        }
    }

    private static Batch Decode(JsonElement header, ReadOnlySpan<byte> content)
    {
        if (header.GetProperty("version").GetInt32() != Version)
        {
            throw new InvalidDataException($"The version is not {Version}.");
        }

        int items = header.GetProperty("items").GetInt32();
        int length = header.GetProperty("body").GetInt32();
        bool weighted = header.GetProperty("weighted").GetBoolean();
        long tables = (long)items * (weighted ? sizeof(int) + sizeof(long) : sizeof(int));
        if (items < 1 || length < 0 || content.Length != tables + length)
        {
            throw new InvalidDataException("The lengths in the header do not fit the file.");
        }

        int[] ends = new int[items];
        for (int i = 0; i < items; i++)
        {
            ends[i] = BinaryPrimitives.ReadInt32LittleEndian(content[(i * sizeof(int))..]);
        }

        long[]? weights = weighted ? Weights(content.Slice(items * sizeof(int), items * sizeof(long))) : null;
        byte[] body = ArrayPool<byte>.Shared.Rent(length);
        content[^length..].CopyTo(body);
        return new Batch(HeaderOf(header), body, length, header.GetProperty("prefix").GetInt32(), ends, weights);
    }

    private static long[] Weights(ReadOnlySpan<byte> table)
    {
        long[] weights = new long[table.Length / sizeof(long)];
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = BinaryPrimitives.ReadInt64LittleEndian(table[(i * sizeof(long))..]);
        }

        return weights;
    }

    private static BatchHeader HeaderOf(JsonElement header) => new(
        header.GetProperty("operation").GetString()!,
        header.GetProperty("destination").GetString()!,
        new DateTimeOffset(header.GetProperty("created").GetInt64(), TimeSpan.Zero),
        new DateTimeOffset(header.GetProperty("acceptableUntil").GetInt64(), TimeSpan.Zero));

    private static void WriteHeader(Batch batch, ArrayBufferWriter<byte> output)
    {
        using (Utf8JsonWriter json = new(output))
        {
            json.WriteStartObject();
            json.WriteNumber("version", Version);
            json.WriteString("operation", batch.Operation);
            json.WriteString("destination", batch.Destination);
            json.WriteNumber("created", batch.Header.CreatedAt.UtcTicks);
            json.WriteNumber("acceptableUntil", batch.Header.AcceptableUntil.UtcTicks);
            json.WriteNumber("prefix", batch.PrefixLength);
            json.WriteNumber("items", batch.ItemCount);
            json.WriteBoolean("weighted", batch.Weights.Length > 0);
            json.WriteNumber("body", batch.Body.Length);
            json.WriteEndObject();
        }

        output.Write("\n"u8);
    }
}
