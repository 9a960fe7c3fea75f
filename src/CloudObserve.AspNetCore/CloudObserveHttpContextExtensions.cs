using CloudObserve.AspNetCore.Requests;
using CloudObserve.Audit;
using Microsoft.AspNetCore.Http.Features;

namespace Microsoft.AspNetCore.Http;

/// <summary>Lets an endpoint's code say more about itself in the audit trail.</summary>
public static class CloudObserveHttpContextExtensions
{
    /// <summary>Changes what is going to be recorded of the request: <c>context.Audit(e =&gt; e with { ResponseElements = new() { ["refunded"] = total } })</c>.</summary>
    /// <param name="context">The request.</param>
    /// <param name="change">Gets what is known so far and gives what is to be recorded.</param>
    /// <returns>Whether it is going to be recorded so: not if the endpoint is not audited, or has been recorded already because its response has begun.</returns>
    /// <remarks>
    /// It is the way to record parts of a body, or to name a user who becomes known on the way. Call it before the response is written. An intent that
    /// was recorded before the code ran is not changed; the record of the outcome is.
    /// </remarks>
    public static bool Audit(this HttpContext context, Func<AuditEvent, AuditEvent> change)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(change);
        return context.Features.Get<IEndpointFeature>() is AuditedRequest request && request.TryChange(change);
    }
}
