using System.Text;
using System.Text.Json;

namespace CloudObserve.Sinks.CloudWatch;

/// <summary>Reads the code and the message from the body of an error, whatever the body is.</summary>
/// <param name="Code">The code as it came; <see langword="null"/> when the body names none.</param>
/// <param name="Message">The message, at most <see cref="MaxMessageChars"/> long; the beginning of the body when it is not the JSON of a service.</param>
/// <remarks>
/// It never throws: a body that is no JSON, or broken JSON, is the service's fault, and its status still says what it means. Members that stand before
/// the place at fault count.
/// </remarks>
internal readonly record struct ErrorBody(string? Code, string Message)
{
    internal const int MaxMessageChars = 2_000;

    private const int MaxCodeChars = 200;

    internal static ErrorBody Read(ReadOnlySpan<byte> body)
    {
        ErrorBody found = default;
        try
        {
            // Some tools write a byte order mark.
            Utf8JsonReader reader = new(body.StartsWith("\uFEFF"u8) ? body[3..] : body);
            if (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
            {
                ReadMembers(ref reader, ref found);
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // What was found before counts. A text with invalid UTF-8 is an invalid operation to the reader.
        }

        return found with { Message = found.Message is { Length: > 0 } ? Cut(found.Message, MaxMessageChars) : found.Code is null ? Beginning(body) : "" };
    }

    private static void ReadMembers(ref Utf8JsonReader reader, ref ErrorBody found)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isCode = reader.ValueTextEquals("__type"u8) || (found.Code is null && (reader.ValueTextEquals("code"u8) || reader.ValueTextEquals("Code"u8)));
            bool isMessage = reader.ValueTextEquals("message"u8) || reader.ValueTextEquals("Message"u8) || reader.ValueTextEquals("errorMessage"u8);
            if (!reader.Read())
            {
                return;
            }

            if (isCode && reader.TokenType == JsonTokenType.String)
            {
                found = found with { Code = Cut(reader.GetString()!, MaxCodeChars) };
            }
            else if (isMessage && reader.TokenType == JsonTokenType.String)
            {
                found = found with { Message = reader.GetString()! };
            }
            else
            {
                reader.Skip();
            }
        }
    }

    // Of a page or broken JSON: enough to recognise who speaks, on one line.
    private static string Beginning(ReadOnlySpan<byte> body)
    {
        string text = Encoding.UTF8.GetString(body[..Math.Min(body.Length, MaxMessageChars)]);
        return string.Create(text.Length, text, static (line, from) =>
        {
            for (int i = 0; i < from.Length; i++)
            {
                line[i] = char.IsControl(from[i]) ? ' ' : from[i];
            }
        }).Trim();
    }

    private static string Cut(string text, int maxChars) => text.Length <= maxChars ? text : text[..maxChars];
}
