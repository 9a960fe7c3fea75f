using System.Text;
using System.Text.Json;

namespace CloudObserve.Sinks.CloudWatch;

/// <summary>The code and the message of an error response, read from any kind of body.</summary>
/// <param name="Code">The code as received, or <see langword="null"/> if the body has none.</param>
/// <param name="Message">The message, with at most <see cref="MaxMessageChars"/> characters; the beginning of the body if it is not JSON of
/// a service.</param>
/// <remarks>
/// Reading never throws: a body that is not JSON, or invalid JSON, is a fault of the service, and its status is still meaningful. Members
/// before the invalid part are used.
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
            // Members read before the fault are used. Utf8JsonReader reports invalid UTF-8 as an InvalidOperationException.
        }

        return found with
        {
            Message = found.Message is { Length: > 0 } ? Cut(found.Message, MaxMessageChars) : found.Code is null ? Beginning(body) : "",
        };
    }

    private static void ReadMembers(ref Utf8JsonReader reader, ref ErrorBody found)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isCode = reader.ValueTextEquals("__type"u8)
                || (found.Code is null && (reader.ValueTextEquals("code"u8) || reader.ValueTextEquals("Code"u8)));
            bool isMessage = reader.ValueTextEquals("message"u8) || reader.ValueTextEquals("Message"u8)
                || reader.ValueTextEquals("errorMessage"u8);
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

    // For an HTML page or invalid JSON: enough text on one line to recognize the sender.
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
