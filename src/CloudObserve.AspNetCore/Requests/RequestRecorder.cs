using CloudObserve.AspNetCore.Endpoints;
using CloudObserve.Audit;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CloudObserve.AspNetCore.Requests;

/// <summary>Creates events for requests and passes them to the trail.</summary>
/// <remarks>
/// Cancellation of the request never cancels a recording. A client that disconnects must not keep an action out of the trail.
/// </remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class RequestRecorder(IAuditTrail trail, IOptions<AuditedRequestOptions> options, ILoggerFactory loggers)
{
    private readonly ILogger _logger = loggers.CreateLogger(Log.Category);

    /// <summary>Creates the event with everything that is known of a request: action, user and source address.</summary>
    internal AuditEvent Describe(HttpContext context, AuditedEndpoint audited) => audited.Describe(context) with
    {
        UserIdentity = options.Value.Identify?.Invoke(context) ?? RequestIdentity.Of(context),
        SourceIPAddress = RequestIdentity.AddressOf(context.Connection),
        UserAgent = context.Request.Headers.UserAgent.ToString() is { Length: > 0 } agent ? agent : null,
        RequestId = context.TraceIdentifier,
    };

    internal ValueTask<AuditAction> BeginAsync(AuditEvent described) =>
        trail.BeginAsync(described, AuditGuarantee.BeforeAction, CancellationToken.None);

    internal ValueTask EndAsync(AuditEvent ended, AuditAction? action, AuditGuarantee guarantee)
    {
        if (action is null)
        {
            return trail.RecordAsync(ended, guarantee, CancellationToken.None);
        }

        action.Event = ended;
        return ended.ErrorCode is null
            ? action.SucceedAsync(cancellationToken: CancellationToken.None)
            : action.FailAsync(ended.ErrorCode, ended.ErrorMessage, CancellationToken.None);
    }

    internal void Refused(AuditedEndpoint audited, Exception exception) => _logger.RequestRefused(audited.EventName, exception);

    internal void NotRecorded(AuditedEndpoint audited, Exception exception) => _logger.RequestNotRecorded(audited.EventName, exception);
}
