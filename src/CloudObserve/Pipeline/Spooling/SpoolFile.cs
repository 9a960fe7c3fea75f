using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using CloudObserve.Delivery;

namespace CloudObserve.Pipeline.Spooling;

/// <summary>Encodes and decodes a spooled batch: a header line, the ends and weights of its items, its body, and a checksum.</summary>
/// <remarks>
/// <code>
/// {"version":2,"operation":"PutLogEvents","destination":"…","created":ticks,"acceptableUntil":ticks,"prefix":n,"items":n,
/// "weighted":false,"weight":n,"body":n}\n
/// 64 hexadecimal digits: SHA-256 of the line before, without its end\n
/// items × 4 bytes: where each item ends · if weighted, items × 8 bytes: what each counts for · the body · 32 bytes: SHA-256 of everything
/// before
/// </code>
/// A batch of which a copy was made has the members <c>copy</c> and <c>first</c> too: <see cref="Batch.CopyId"/> and
/// <see cref="Batch.FirstItem"/>. Numbers outside the lines are little-endian. The header line has its own checksum, so that a file can be
/// counted without being read
/// completely. Files of version 1, which have no weight in the header and no second line, are read too.
/// </remarks>
internal static class SpoolFile
{
    /// <summary>
    /// The maximum length of a file, in bytes: far above the requests of any service, and small enough to be read into memory.
    /// </summary>
    internal const int MaxBytes = 64 * 1024 * 1024;

    /// <summary>The maximum length of the header line, in bytes, so that a file without a line end is not searched completely.</summary>
    internal const int MaxHeadBytes = 64 * 1024;

    // Far more than a day of samples at full speed; a file with a larger weight is not a batch.
    private const long MaxWeight = 1_000_000_000_000_000;

    private const int Version = 2;
    private const int VersionWithoutWeight = 1;
    private const int ChecksumBytes = SHA256.HashSizeInBytes;
    private const int ChecksumDigits = 2 * ChecksumBytes;

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

    /// <summary>Reads the header from the beginning of a file.</summary>
    /// <param name="beginning">The first bytes of the file, up to <see cref="MaxHeadBytes"/>.</param>
    /// <returns>The header, or <see langword="null"/> for a file of version 1, whose weight is known only after reading all of
    /// it.</returns>
    /// <exception cref="InvalidDataException">The bytes are not the header of a batch; the message describes the fault.</exception>
    internal static Head? ReadHead(ReadOnlySpan<byte> beginning) => Guarded(beginning, static bytes =>
    {
        using JsonDocument header = JsonDocument.Parse(Line(bytes).ToArray());
        return VersionOf(header.RootElement) == VersionWithoutWeight ? (Head?)null : HeadOf(header.RootElement, bytes);
    });

    /// <summary>Reads a whole file.</summary>
    /// <exception cref="InvalidDataException">The bytes are not a batch; the message describes the fault.</exception>
    internal static Batch Decode(ReadOnlySpan<byte> file)
    {
        if (file.Length <= ChecksumBytes || !SHA256.HashData(file[..^ChecksumBytes]).AsSpan().SequenceEqual(file[^ChecksumBytes..]))
        {
            throw new InvalidDataException("The checksum does not match the content.");
        }

        return Guarded(file[..^ChecksumBytes], static bytes =>
        {
            ReadOnlySpan<byte> line = Line(bytes);
            using JsonDocument header = JsonDocument.Parse(line.ToArray());
            bool hasWeight = VersionOf(header.RootElement) == Version;
            long? weight = hasWeight ? HeadOf(header.RootElement, bytes).Weight : null;
            Batch batch = Decode(header.RootElement, bytes[(line.Length + 1 + (hasWeight ? ChecksumDigits + 1 : 0))..]);
            if (weight is null || weight == batch.Weight)
            {
                return batch;
            }

            batch.Dispose();
            throw new InvalidDataException("The weight in the header differs from the sum of the items' weights.");
        });
    }

    private static T Guarded<T>(ReadOnlySpan<byte> bytes, Reading<T> read)
    {
        try
        {
            return read(bytes);
        }
        catch (Exception exception)
            when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new InvalidDataException($"The content is not a batch of version {Version}: {exception.Message}", exception);
        }
    }

    private static ReadOnlySpan<byte> Line(ReadOnlySpan<byte> file) =>
        file[..Math.Max(0, file[..Math.Min(file.Length, MaxHeadBytes)].IndexOf((byte)'\n'))];

    private static int VersionOf(JsonElement header) =>
        header.GetProperty("version").GetInt32() is var version && version is Version or VersionWithoutWeight
        ? version
        : throw new InvalidDataException($"The version must be {Version} or {VersionWithoutWeight}.");

    private static Head HeadOf(JsonElement header, ReadOnlySpan<byte> file)
    {
        ReadOnlySpan<byte> line = Line(file);
        ReadOnlySpan<byte> rest = file[(line.Length + 1)..];
        Span<byte> digits = stackalloc byte[ChecksumDigits];
        _ = Convert.TryToHexStringLower(SHA256.HashData(line), digits, out _);
        if (rest.Length <= ChecksumDigits || rest[ChecksumDigits] != '\n' || !rest.StartsWith(digits))
        {
            throw new InvalidDataException("The checksum of the header does not match the header.");
        }

        long weight = header.GetProperty("weight").GetInt64();
        return weight is >= 0 and <= MaxWeight
            ? new Head(HeaderOf(header), weight)
            : throw new InvalidDataException($"The weight must be 0 to {MaxWeight}; it is {weight}.");
    }

    private static Batch Decode(JsonElement header, ReadOnlySpan<byte> content)
    {
        int items = header.GetProperty("items").GetInt32();
        int length = header.GetProperty("body").GetInt32();
        int prefix = header.GetProperty("prefix").GetInt32();
        bool weighted = header.GetProperty("weighted").GetBoolean();
        long tables = (long)items * (weighted ? sizeof(int) + sizeof(long) : sizeof(int));
        if (items < 1 || length < 0 || prefix < 0 || content.Length != tables + length)
        {
            throw new InvalidDataException("The lengths in the header do not match the file.");
        }

        int[] ends = Ends(content[..(items * sizeof(int))], prefix, length);
        long[]? weights = weighted ? Weights(content.Slice(items * sizeof(int), items * sizeof(long))) : null;
        BatchHeader batch = HeaderOf(header);
        byte[] body = ArrayPool<byte>.Shared.Rent(length);
        content[^length..].CopyTo(body);
        (Guid copy, int first) = CopyOf(header);
        return new Batch(batch, body, length, prefix, ends, weights) { CopyId = copy, FirstItem = first };
    }

    private static (Guid Id, int FirstItem) CopyOf(JsonElement header)
    {
        if (!header.TryGetProperty("copy", out JsonElement copy))
        {
            return default;
        }

        int first = header.GetProperty("first").GetInt32();
        return first >= 0
            ? (copy.GetGuid(), first) : throw new InvalidDataException($"The first item must not be negative; it is {first}.");
    }

    // Splitting a batch relies on items that follow one another within the body.
    private static int[] Ends(ReadOnlySpan<byte> table, int prefix, int length)
    {
        int[] ends = new int[table.Length / sizeof(int)];
        int start = prefix;
        for (int i = 0; i < ends.Length; i++)
        {
            ends[i] = BinaryPrimitives.ReadInt32LittleEndian(table[(i * sizeof(int))..]);
            if (ends[i] < start || ends[i] > length)
            {
                throw new InvalidDataException($"Item {i} is not within the body after the previous item.");
            }

            start = ends[i] + 1;
        }

        return ends;
    }

    private static long[] Weights(ReadOnlySpan<byte> table)
    {
        long[] weights = new long[table.Length / sizeof(long)];
        long sum = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = BinaryPrimitives.ReadInt64LittleEndian(table[(i * sizeof(long))..]);
            sum = weights[i] is >= 0 and <= MaxWeight ? sum + weights[i] : long.MaxValue;
            if (sum > MaxWeight)
            {
                throw new InvalidDataException($"The weights of the items must be 0 to {MaxWeight}, also in total.");
            }
        }

        return weights;
    }

    private static BatchHeader HeaderOf(JsonElement header) => new(
        header.GetProperty("operation").GetString() ?? throw new InvalidDataException("The operation is null."),
        header.GetProperty("destination").GetString() ?? throw new InvalidDataException("The destination is null."),
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
            json.WriteNumber("weight", batch.Weight);
            json.WriteNumber("body", batch.Body.Length);
            if (batch.CopyId != Guid.Empty)
            {
                json.WriteString("copy", batch.CopyId);
                json.WriteNumber("first", batch.FirstItem);
            }

            json.WriteEndObject();
        }

        byte[] checksum = SHA256.HashData(output.WrittenSpan);
        output.Write("\n"u8);
        _ = Convert.TryToHexStringLower(checksum, output.GetSpan(ChecksumDigits), out int digits);
        output.Advance(digits);
        output.Write("\n"u8);
    }

    private delegate T Reading<out T>(ReadOnlySpan<byte> bytes);

    /// <param name="Header">The destination and the age of the batch.</param>
    /// <param name="Weight">The weight of the batch in the ledger.</param>
    internal readonly record struct Head(BatchHeader Header, long Weight);
}
