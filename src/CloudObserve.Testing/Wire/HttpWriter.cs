using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace CloudObserve.Testing.Wire;

/// <summary>Writes answers in the form of AWS's JSON protocols.</summary>
internal static class HttpWriter
{
    /// <param name="answer">The answer.</param>
    /// <param name="protocol">The protocol of the service; <see langword="null"/> when the request named no known service.</param>
    /// <param name="now">The time of the server's clock. The answer's time is this time plus the skew of the fault.</param>
    internal static byte[] Encode(ScriptedAnswer answer, ScriptedProtocol? protocol, DateTimeOffset now)
    {
        bool isAws = answer.Code.Length > 0 || answer.Status < 300;
        byte[] body = answer.Code.Length > 0 ? ErrorBody(answer, protocol) : Encoding.UTF8.GetBytes(answer.Content);

        DateTimeOffset date = now + (answer.ClockOffset ?? TimeSpan.Zero);
        StringBuilder head = new();
        head.Append(CultureInfo.InvariantCulture, $"HTTP/1.1 {answer.Status} {(answer.Status < 300 ? "OK" : "Error")}\r\n")
            .Append(CultureInfo.InvariantCulture, $"Date: {date:R}\r\n")
            .Append(CultureInfo.InvariantCulture, $"x-amzn-RequestId: {Guid.NewGuid()}\r\n")
            .Append(CultureInfo.InvariantCulture,
                $"Content-Type: {(isAws ? protocol?.ContentType ?? "application/json" : "text/html")}\r\n")
            .Append(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n");
        if (answer.Code.Length > 0 && protocol is { QueryCompatible: true })
        {
            head.Append(CultureInfo.InvariantCulture,
                $"x-amzn-query-error: {QueryCode(answer.Code)};{(answer.Status < 500 ? "Sender" : "Receiver")}\r\n");
        }

        if (answer.RetryAfter is { } pause)
        {
            head.Append(CultureInfo.InvariantCulture, $"Retry-After: {Math.Ceiling(pause.TotalSeconds):0}\r\n");
        }

        return [.. Encoding.Latin1.GetBytes(head.Append("\r\n").ToString()), .. body];
    }

    private static byte[] ErrorBody(ScriptedAnswer answer, ScriptedProtocol? protocol) => Encoding.UTF8.GetBytes(
        $$"""{"__type":"{{protocol?.ErrorNamespace}}{{JsonEncodedText.Encode(answer.Code)}}","message":"{{JsonEncodedText.Encode(answer.Content, JavaScriptEncoder.Default)}}"}""");

    // Clients that once used the query protocol expect the codes without the suffix.
    private static string QueryCode(string code) =>
        code.EndsWith("Exception", StringComparison.Ordinal) && code.StartsWith("InvalidParameter", StringComparison.Ordinal)
            ? code[..^9] : code;
}
