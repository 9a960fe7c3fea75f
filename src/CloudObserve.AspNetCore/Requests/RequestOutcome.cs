using System.Diagnostics;
using System.Globalization;
using CloudObserve.AspNetCore.Endpoints;
using CloudObserve.Audit;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace CloudObserve.AspNetCore.Requests;

/// <summary>Describes the outcome of a request in the terms of a record.</summary>
internal static class RequestOutcome
{
    internal const string AccessDenied = "AccessDenied";
    internal const string ClientAborted = "ClientAborted";
    internal const string ConnectionAborted = "ConnectionAborted";
    internal const string NotPerformed = "NotPerformed";

    /// <summary>Returns whether the request is a CORS preflight.</summary>
    /// <remarks>Such a request never reaches an endpoint's code.</remarks>
    internal static bool IsPreflight(HttpRequest request) =>
        HttpMethods.IsOptions(request.Method) && request.Headers.ContainsKey(HeaderNames.AccessControlRequestMethod);

    /// <summary>Adds the outcome to an event.</summary>
    /// <remarks>Values set by the endpoint's own code take precedence.</remarks>
    internal static AuditEvent Add(
        AuditEvent described, HttpContext context, AuditedEndpoint audited, bool hasRun, Exception? exception, ResponseProgress response)
    {
        Exception? cause = exception ?? context.Features.Get<IExceptionHandlerFeature>()?.Error;
        (string? code, string? message) = cause is not null ? OfException(cause, response.Lifetime)
            : response.IsCutOff ? OfConnection(response.Lifetime, "response")
            : OfStatus(context, hasRun);
        return described with
        {
            EventId = Guid.NewGuid(),
            ErrorCode = described.ErrorCode ?? code,
            ErrorMessage = described.ErrorCode is null ? message : described.ErrorMessage,
            AdditionalEventData = Details(described.AdditionalEventData, context, audited, hasRun, cause, response.Lifetime),
        };
    }

    private static (string? Code, string? Message) OfException(Exception cause, RecordedLifetime lifetime) =>
        cause is OperationCanceledException or ConnectionResetException && lifetime.IsAborted
            ? OfConnection(lifetime, "action")
            : (cause.GetType().Name, cause.Message);

    private static (string? Code, string? Message) OfConnection(RecordedLifetime lifetime, string what) => lifetime.IsAbortedByApplication
        ? (ConnectionAborted, $"The application aborted the connection before the {what} was complete.")
        : (ClientAborted, $"The client disconnected before the {what} was complete.");

    private static (string? Code, string? Message) OfStatus(HttpContext context, bool hasRun)
    {
        int status = context.Response.StatusCode;
        return status switch
        {
            StatusCodes.Status401Unauthorized => (AccessDenied, "The request was not authenticated."),
            StatusCodes.Status403Forbidden => (AccessDenied, "The user is not authorized to perform this action."),
            >= 400 => (CodeOf(status), $"The request was answered with {status} {ReasonPhrases.GetReasonPhrase(status)}".TrimEnd() + "."),
            StatusCodes.Status302Found or StatusCodes.Status303SeeOther when !hasRun && NeedsAuthorization(context) =>
                (AccessDenied, "The request was redirected to sign in, or to a page for denied access."),
            >= 300 when !hasRun => (NotPerformed, $"The request was answered with {status} before the action ran."),
            _ => (null, null),
        };
    }

    private static bool NeedsAuthorization(HttpContext context) => context.GetEndpoint() is not { } endpoint
        || endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null;

    private static string CodeOf(int status)
    {
        string phrase = string.Concat(ReasonPhrases.GetReasonPhrase(status).Where(char.IsAsciiLetter));
        return phrase.Length > 0 ? phrase : string.Create(CultureInfo.InvariantCulture, $"Status{status}");
    }

    private static AuditData Details(
        AuditData? own, HttpContext context, AuditedEndpoint audited, bool hasRun, Exception? cause, RecordedLifetime lifetime)
    {
        // A copy, because the event may be completed again when its response is interrupted.
        AuditData details = [];
        foreach ((string name, AuditValue value) in own ?? [])
        {
            details[name] = value;
        }

        details["httpMethod"] = context.Request.Method;
        details["httpRoute"] = audited.Route;
        details["traceId"] = Activity.Current?.TraceId.ToString();
        if (cause is null)
        {
            // After an exception the status code is not final yet.
            details["httpStatusCode"] = context.Response.StatusCode;
        }

        if (!hasRun)
        {
            details["actionRan"] = false;
        }

        if (lifetime.IsAbortedByClient)
        {
            details["clientAborted"] = true;
        }

        return details;
    }
}
