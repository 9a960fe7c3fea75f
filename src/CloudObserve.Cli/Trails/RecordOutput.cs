using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using CloudObserve.Audit;

namespace CloudObserve.Cli.Trails;

/// <summary>Prints events as a table, which fits 120 columns unless truncation is off, or as the records themselves.</summary>
/// <param name="stream">The output.</param>
/// <param name="isJson">Whether records are printed instead of a table.</param>
/// <param name="isWhole">Whether nothing in the table is truncated.</param>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class RecordOutput(Stream stream, bool isJson, bool isWhole)
{
    // With blanks between the columns: 20 + 22 + 7 + 16 + 22 + 15 + 12 + 6 = 120.
    private static readonly int[] Widths = [20, 22, 7, 16, 22, 15, 12];

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
                WriteRow(page, "TIME", "EVENT", "PHASE", "USER", "RESOURCE", "FROM", "ERROR");
            }

            WriteRow(
                page,
                record.EventTime?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "-",
                record.EventName ?? "-",
                record.IsIntent switch { true => "intent", false => "outcome", null => "-" },
                record.UserName ?? "-",
                Resources(record.Resources),
                record.SourceIPAddress ?? "-",
                record.ErrorCode ?? "");
        }

        stream.Write(page.WrittenSpan);
    }

    // A record of this library is one line. A record of another writer may have several lines and is then written again as one.
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

    private string Resources(IReadOnlyList<AuditResource> resources) => resources.Count switch
    {
        0 => "-",
        1 => resources[0].Arn,
        _ when isWhole => string.Join(',', resources.Select(static resource => resource.Arn)),
        _ => resources[0].Arn + string.Create(CultureInfo.InvariantCulture, $" +{resources.Count - 1}"),
    };

    private void WriteRow(ArrayBufferWriter<byte> page, params ReadOnlySpan<string> cells)
    {
        StringBuilder row = new();
        for (int i = 0; i < cells.Length; i++)
        {
            _ = row.Append(i > 0 ? " " : "")
                .Append(isWhole ? Printable.WholeCell(cells[i], Widths[i]) : Printable.Cell(cells[i], Widths[i]));
        }

        _ = Encoding.UTF8.GetBytes(row.ToString().TrimEnd() + "\n", page);
    }
}
