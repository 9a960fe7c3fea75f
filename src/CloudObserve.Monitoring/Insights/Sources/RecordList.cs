using System.Text.Json;

namespace CloudObserve.Monitoring.Insights.Sources;

/// <summary>Holds the records of a file of CloudTrail: one JSON object with the list <c>Records</c>.</summary>
internal sealed class RecordList
{
    // CloudTrail's files have at most 50 MB.
    private const int MaxBytes = 256 * 1024 * 1024;

    private readonly byte[] _json;
    private readonly List<(int Start, int Length)> _records = [];
    private int _next;

    private RecordList(byte[] json) => _json = json;

    /// <summary>Reads all records.</summary>
    /// <exception cref="IOException">The content is too large, or is not JSON to its end.</exception>
    internal static RecordList Read(Stream stream, byte[] head)
    {
        using MemoryStream content = new();
        content.Write(head);
        byte[] buffer = new byte[64 * 1024];
        while (stream.Read(buffer) is > 0 and int count)
        {
            content.Write(buffer, 0, count);
            if (content.Length > MaxBytes)
            {
                throw new IOException($"the list of records is larger than {MaxBytes} bytes");
            }
        }

        RecordList list = new(content.ToArray());
        try
        {
            list.Find();
            return list;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new IOException($"the list of records is no valid JSON: {exception.Message}", exception);
        }
    }

    internal bool MoveNext(out ArraySegment<byte> record)
    {
        bool hasNext = _next < _records.Count;
        (int start, int length) = hasNext ? _records[_next++] : default;
        record = new ArraySegment<byte>(_json, start, length);
        return hasNext;
    }

    private void Find()
    {
        int mark = _json.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0;
        Utf8JsonReader reader = new(_json.AsSpan(mark), new JsonReaderOptions { MaxDepth = 1_000 });
        // The object, the name and the start of the list.
        _ = reader.Read() && reader.Read() && reader.Read();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            int start = (int)reader.TokenStartIndex;
            reader.Skip();
            _records.Add((mark + start, (int)reader.BytesConsumed - start));
        }

        while (reader.Read())
        {
            // The rest must be valid, too.
        }
    }
}
