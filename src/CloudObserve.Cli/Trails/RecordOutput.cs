using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using CloudObserve.Audit;

namespace CloudObserve.Cli.Trails;

/// <summary>Prints events: as a table that fits 120 columns, or as the records themselves.</summary>
/// <threadsafety>For one thread.</threadsafety>
internal sealed class RecordOutput(Stream stream, bool isJson)
{
    // With a blank between each and the next: 20 + 24 + 18 + 26 + 15 + 12 + 5 = 120.
    private static readonly int[] Widths = [20, 24, 18, 26, 15, 12];

    private bool _hasHeader;

    internal void Write(IReadOnlyList<AuditRecord> records)
    {
        ArrayBufferWriter<byte> page = new();
        foreach (AuditRecord record in records)
        {
            if (isJson)
            {
                WriteJson(page, record.Json);
                continue;
            }

            if (!_hasHeader)
            {
                _hasHeader = true;
                WriteRow(page, "TIME", "EVENT", "USER", "RESOURCE", "FROM", "ERROR");
            }

            WriteRow(
                page,
                record.EventTime?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "-",
                record.EventName ?? "-",
                record.UserName ?? "-",
                record.Resources.Count == 0 ? "-" : record.Resources[0].Arn + (record.Resources.Count > 1 ? string.Create(CultureInfo.InvariantCulture, $" +{record.Resources.Count - 1}") : ""),
                record.SourceIPAddress ?? "-",
                record.ErrorCode ?? "");
        }

        stream.Write(page.WrittenSpan);
    }

    // A record of ours is one line. One of another writer may be laid out on several, and is then written again.
    private static void WriteJson(ArrayBufferWriter<byte> page, ReadOnlyMemory<byte> record)
    {
        if (!record.Span.ContainsAny((byte)'\n', (byte)'\r'))
        {
            page.Write(record.Span);
        }
        else
        {
            using JsonDocument document = JsonDocument.Parse(record, new JsonDocumentOptions { MaxDepth = 1000 });
            using Utf8JsonWriter json = new(page, new JsonWriterOptions { MaxDepth = 1000 });
            document.WriteTo(json);
        }

        page.Write("\n"u8);
    }

    private static void WriteRow(ArrayBufferWriter<byte> page, params ReadOnlySpan<string> cells)
    {
        StringBuilder row = new();
        for (int i = 0; i < cells.Length; i++)
        {
            _ = row.Append(i > 0 ? " " : "").Append(Printable.Cell(cells[i], Widths[i]));
        }

        _ = Encoding.UTF8.GetBytes(row.ToString().TrimEnd() + "\n", page);
    }
}
