using System.Globalization;
using System.Text;
using System.Text.Json;

namespace CloudObserve.Cli.Cases;

/// <summary>Represents a line of a file of cases.</summary>
/// <param name="Id">The id as JSON text; <see langword="null"/> if the line has none.</param>
/// <param name="Pattern">The text of the pattern.</param>
/// <param name="Input">The text of the event or message.</param>
internal sealed record CaseRow(string? Id, string Pattern, string Input)
{
    // An event has 1,000 levels at most. One with more is still a case. The time to read one grows with the square of its levels.
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 5_000 };

    /// <summary>Reads a line.</summary>
    /// <param name="line">A JSON object.</param>
    /// <param name="input">The name of the member with the event or message.</param>
    /// <exception cref="JsonException">The line is not such an object.</exception>
    internal static CaseRow Read(ReadOnlyMemory<byte> line, string input)
    {
        using JsonDocument document = JsonDocument.Parse(line, Options);
        JsonElement root = document.RootElement;
        return root.ValueKind == JsonValueKind.Object
            ? new CaseRow(
                root.TryGetProperty("id", out JsonElement id) ? id.GetRawText() : null, Text(root, "pattern"), Text(root, input))
            : throw new JsonException("a case must be a JSON object");
    }

    // A string holds the text. Any other value is the text as it is written, with its spellings and repeated keys.
    private static string Text(JsonElement row, string member) =>
        !row.TryGetProperty(member, out JsonElement value) ? throw new JsonException($"a case must have the member '{member}'")
        : value.ValueKind == JsonValueKind.String ? Unescape(value.GetRawText())
        : value.GetRawText();

    // A string may contain half of a surrogate pair, which JsonElement.GetString refuses.
    private static string Unescape(string quoted)
    {
        StringBuilder text = new(quoted.Length);
        for (int i = 1; i < quoted.Length - 1; i++)
        {
            if (quoted[i] != '\\')
            {
                _ = text.Append(quoted[i]);
                continue;
            }

            i++;
            if (quoted[i] == 'u')
            {
                _ = text.Append(
                    (char)ushort.Parse(quoted.AsSpan(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                i += 4;
                continue;
            }

            int control = "bfnrt".IndexOf(quoted[i], StringComparison.Ordinal);
            _ = text.Append(control < 0 ? quoted[i] : "\b\f\n\r\t"[control]);
        }

        return text.ToString();
    }
}
