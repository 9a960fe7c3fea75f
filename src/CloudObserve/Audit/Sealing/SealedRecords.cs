using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using CloudObserve.Audit.Files;
using CloudObserve.Audit.Reading;

namespace CloudObserve.Audit.Sealing;

/// <summary>Represents the content of a sealed file: the information for a digest, and the last line of its chain.</summary>
/// <param name="HashValue">The SHA-256 of the uncompressed content, in lower-case hexadecimal digits.</param>
/// <param name="OldestEventTime">The oldest time in the file, as written.</param>
/// <param name="NewestEventTime">The newest time in the file, as written.</param>
/// <param name="Newest">The line with the highest number.</param>
internal sealed record SealedRecords(string HashValue, string OldestEventTime, string NewestEventTime, TrailHead Newest)
{
    private const int BlockBytes = 64 * 1024;

    /// <summary>Reads a sealed file.</summary>
    /// <remarks>The whole file, up to CloudTrail's 50 MB, is held in memory. This happens only at starts.</remarks>
    /// <exception cref="InvalidDataException">The file is not a sealed file.</exception>
    internal static SealedRecords Read(string path)
    {
        byte[] content = Unzip(path);
        try
        {
            return Read(content);
        }
        catch (Exception notJson) when (notJson is JsonException or InvalidOperationException)
        {
            throw new InvalidDataException($"'{path}' is not a sealed file of records: {notJson.Message}", notJson);
        }
    }

    /// <summary>Finds the time of a record.</summary>
    /// <returns>The time as written; empty if the record has none.</returns>
    internal static string TimeOf(ReadOnlySpan<byte> record)
    {
        Utf8JsonReader json = new(record);
        _ = json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            bool isTime = json.ValueTextEquals(RecordNames.EventTime);
            _ = json.Read();
            if (isTime)
            {
                return json.TokenType == JsonTokenType.String ? json.GetString()! : "";
            }

            json.Skip();
        }

        return "";
    }

    /// <summary>Reads a compressed file.</summary>
    /// <exception cref="InvalidDataException">The file is not compressed with gzip, or exceeds the limit of the trail's files.</exception>
    internal static byte[] Unzip(string path)
    {
        using FileStream file = TrailDirectory.Open(path);
        using GZipStream zip = new(file, CompressionMode.Decompress);
        using MemoryStream content = new();
        byte[] block = new byte[BlockBytes];
        for (int count; (count = zip.Read(block)) > 0;)
        {
            content.Write(block, 0, count);
            if (content.Length > LogFileReader.MaxFileBytes)
            {
                throw new InvalidDataException($"'{path}' is larger than {LogFileReader.MaxFileBytes} bytes when it is decompressed.");
            }
        }

        return content.ToArray();
    }

    private static SealedRecords Read(byte[] content)
    {
        EventTimes times = new();
        TrailHead newest = default;
        Utf8JsonReader json = new(content);
        _ = json.Read() && json.Read() && json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.StartObject)
        {
            int start = (int)json.TokenStartIndex;
            json.Skip();
            ReadOnlySpan<byte> record = content.AsSpan(start, (int)json.BytesConsumed - start);
            times.Add(TimeOf(record));
            if (TrailStamp.TryRead(record, out TrailStamp stamp) && stamp.Sequence >= newest.Sequence)
            {
                newest = new TrailHead(stamp.Sequence, RecordHash.Of(record));
            }
        }

        return new SealedRecords(Convert.ToHexStringLower(SHA256.HashData(content)), times.Oldest, times.Newest, newest);
    }
}
