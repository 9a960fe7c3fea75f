using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace CloudObserve.AspNetCore.Requests;

/// <summary>Writes the answer to a request whose record is not stored.</summary>
/// <remarks>It does not reveal where the trail is stored.</remarks>
internal static class TrailProblem
{
    private const string NotRun = "The action was not performed, because it cannot be recorded in the audit trail at the moment.";
    private const string Run = "The action cannot be recorded in the audit trail at the moment. It may have been performed.";

    internal static async Task WriteAsync(HttpContext context, bool hasRun)
    {
        context.Response.Clear();
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.ContentType = "application/problem+json";
        Utf8JsonWriter json = new(context.Response.BodyWriter);
        await using (json.ConfigureAwait(false))
        {
            json.WriteStartObject();
            json.WriteString("type", "https://tools.ietf.org/html/rfc9110#section-15.6.4");
            json.WriteString("title", "Service Unavailable");
            json.WriteNumber("status", StatusCodes.Status503ServiceUnavailable);
            json.WriteString("detail", hasRun ? Run : NotRun);
            json.WriteEndObject();
        }
    }
}
