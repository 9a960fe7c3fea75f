using System.Text;
using System.Text.Json;
using System.Xml;

namespace CloudObserve.Sinks.CloudWatch;

/// <summary>The code and the message of an error response, read from any kind of body.</summary>
/// <param name="Code">The code as received, or <see langword="null"/> if the body has none.</param>
/// <param name="Message">The message, with at most <see cref="MaxMessageChars"/> characters; the beginning of the body if it is not that of
/// a service.</param>
/// <remarks>
/// Services answer in JSON, or in XML if they have the query protocol. Reading never throws: any other body is a fault of the service, and
/// its status is still meaningful. Members before an invalid part are used.
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

        if (found.Code is null && body.StartsWith((byte)'<'))
        {
            ReadXml(body, ref found);
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

    // <ErrorResponse><Error><Type/><Code/><Message/></Error><RequestId/></ErrorResponse>
    private static void ReadXml(ReadOnlySpan<byte> body, ref ErrorBody found)
    {
        try
        {
            XmlReaderSettings settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };
            using XmlReader reader = XmlReader.Create(new MemoryStream(body.ToArray()), settings);
            if (reader.MoveToContent() != XmlNodeType.Element || reader.LocalName != "ErrorResponse")
            {
                return;
            }

            while (reader.Read())
            {
                if (reader is { NodeType: XmlNodeType.Element, LocalName: "Code" or "Message", IsEmptyElement: false } element)
                {
                    bool isCode = element.LocalName == "Code";
                    _ = reader.Read();
                    found = reader.NodeType != XmlNodeType.Text ? found
                        : isCode ? found with { Code = Cut(reader.Value.Trim(), MaxCodeChars) }
                        : found with { Message = reader.Value.Trim() };
                }
            }
        }
        catch (XmlException)
        {
            // What stood before the fault is used.
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
