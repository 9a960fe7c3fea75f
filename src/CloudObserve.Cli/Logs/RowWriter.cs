using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CloudObserve.Cli.Trails;
using CloudObserve.Insights;

namespace CloudObserve.Cli.Logs;

/// <summary>Prints the rows of a query.</summary>
internal static class RowWriter
{
    private const int MaxCell = 80;
    private const int FlushBytes = 64 * 1024;

    internal static void Write(Stream output, InsightsQueryResult result, RowFormat format, bool isTerminal)
    {
        switch (format)
        {
            case RowFormat.Json:
                WriteJson(output, result);
                break;
            case RowFormat.Csv:
                WriteLines(output, result.Rows.Select(row => string.Join(',', row.Select(Csv)))
                    .Prepend(string.Join(',', result.Columns.Select(Csv))));
                break;
            case RowFormat.Lines:
                WriteLines(output, result.Rows.Select(row => string.Join('\t', row.Select(value => OneLine(value, isTerminal)))));
                break;
            default:
                WriteLines(output, Table(result, isTerminal));
                break;
        }
    }

    // A value that a row lacks is left out, and each value is a text, as in GetQueryResults. Each row is a line.
    private static void WriteJson(Stream output, InsightsQueryResult result)
    {
        output.Write("["u8);
        using MemoryStream buffered = new();
        using Utf8JsonWriter json = new(buffered, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        for (int i = 0; i < result.Rows.Count; i++)
        {
            buffered.Write(i == 0 ? "\n"u8 : ",\n"u8);
            json.Reset();
            WriteRow(json, result.Columns, result.Rows[i]);
            json.Flush();
            if (buffered.Length >= FlushBytes)
            {
                buffered.WriteTo(output);
                buffered.SetLength(0);
            }
        }

        buffered.Write(result.Rows.Count == 0 ? "]\n"u8 : "\n]\n"u8);
        buffered.WriteTo(output);
    }

    private static void WriteRow(Utf8JsonWriter json, IReadOnlyList<string> columns, InsightsRow row)
    {
        json.WriteStartObject();
        for (int i = 0; i < columns.Count; i++)
        {
            if (row[i] is { } value)
            {
                json.WriteString(columns[i], value);
            }
        }

        if (row.LogRecordPointer is { } pointer && !columns.Contains("@ptr"))
        {
            json.WriteString("@ptr", pointer);
        }

        json.WriteEndObject();
    }

    private static IEnumerable<string> Table(InsightsQueryResult result, bool isTerminal)
    {
        if (result.Rows.Count == 0)
        {
            yield break;
        }

        int most = isTerminal ? MaxCell : int.MaxValue;
        int[] widths = [.. result.Columns.Select((name, i) =>
            Math.Min(most, result.Rows.Select(row => row[i]?.Length ?? 0).Append(name.Length).Max()))];
        yield return Line(result.Columns, widths, isTerminal);
        yield return string.Join("  ", widths.Select(static width => new string('-', width)));
        foreach (InsightsRow row in result.Rows)
        {
            yield return Line(row, widths, isTerminal);
        }
    }

    private static string Line(IReadOnlyList<string?> values, int[] widths, bool isTerminal) => string.Join(
        "  ", values.Select((value, i) => Cell(OneLine(value, isTerminal: false), widths[i], isTerminal))).TrimEnd();

    private static string Cell(string text, int width, bool isTerminal) =>
        isTerminal ? Printable.Cell(text, width) : Printable.WholeCell(text, width);

    // A row is a line: line feeds and tabs within a value are shown as blanks, and a terminal gets no control characters.
    private static string OneLine(string? value, bool isTerminal)
    {
        string line = (value ?? "").ReplaceLineEndings(" ").Replace('\t', ' ');
        return isTerminal ? Printable.Of(line) : line;
    }

    private static string Csv(string? value) =>
        value is null ? "" : value.AsSpan().ContainsAny(",\"\r\n") ? $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : value;

    private static void WriteLines(Stream output, IEnumerable<string> lines)
    {
        using StreamWriter writer = new(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 64 * 1024, leaveOpen: true);
        foreach (string line in lines)
        {
            writer.Write(line);
            writer.Write('\n');
        }
    }
}
