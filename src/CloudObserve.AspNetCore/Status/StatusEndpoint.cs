using System.Net.Mime;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;

namespace CloudObserve.AspNetCore.Status;

/// <summary>Answers a request for the status in the requested format.</summary>
internal static class StatusEndpoint
{
    // The page needs only its own style. If a value in it were ever left unencoded, this policy would still keep it from running.
    private const string NothingButStyle =
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    internal static Task AnswerAsync(HttpContext context)
    {
        CloudObserveStatus status = context.RequestServices.GetRequiredService<ICloudObserve>().GetStatus();
        IHeaderDictionary headers = context.Response.Headers;
        headers.CacheControl = "no-store";
        headers.Vary = HeaderNames.Accept;
        headers.XContentTypeOptions = "nosniff";
        if (!WantsPage(context.Request))
        {
            context.Response.ContentType = MediaTypeNames.Application.Json;
            return JsonSerializer.SerializeAsync(
                context.Response.Body, status, StatusJson.Default.CloudObserveStatus, context.RequestAborted);
        }

        headers.ContentSecurityPolicy = NothingButStyle;
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(StatusPage.Write(status), context.RequestAborted);
    }

    // Takes the most preferred of the two formats. A client that accepts neither gets JSON, because a readable status is better than a
    // refusal.
    private static bool WantsPage(HttpRequest request) => request.GetTypedHeaders().Accept
        .OrderByDescending(accepted => accepted.Quality ?? 1)
        .Where(accepted => accepted.Quality != 0)
        .Select(accepted => Covers(accepted, MediaTypeNames.Application.Json) ? false : Covers(accepted, MediaTypeNames.Text.Html)
            ? true : (bool?)null)
        .FirstOrDefault(isPage => isPage is not null) ?? false;

    private static bool Covers(MediaTypeHeaderValue accepted, string given) => new MediaTypeHeaderValue(given).IsSubsetOf(accepted);
}
