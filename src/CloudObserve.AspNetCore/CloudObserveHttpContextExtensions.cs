using CloudObserve.AspNetCore.Requests;
using CloudObserve.Audit;
using Microsoft.AspNetCore.Http.Features;

namespace Microsoft.AspNetCore.Http;

/// <summary>Lets the code of an endpoint change the audit event of its request.</summary>
public static class CloudObserveHttpContextExtensions
{
    /// <summary>Changes the event that will be recorded for the request.</summary>
    /// <param name="context">The request.</param>
    /// <param name="change">Receives the event with all that is known so far and returns the event to record.</param>
    /// <returns>
    /// <see langword="true"/> if the change will be recorded; <see langword="false"/> if the endpoint is not audited, or if the event has
    /// been recorded because the response has begun.
    /// </returns>
    /// <remarks>
    /// <para>For example, <c>context.Audit(e =&gt; e with { ResponseElements = new() { ["refunded"] = total } })</c>.</para>
    /// <para>
    /// Use it to record parts of a body, or a user who becomes known while the request is handled. Call it before the response is written.
    /// It changes the record of the outcome, and not an intent that was recorded before the code ran.
    /// </para>
    /// </remarks>
    public static bool Audit(this HttpContext context, Func<AuditEvent, AuditEvent> change)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(change);
        return context.Features.Get<IEndpointFeature>() is AuditedRequest request && request.TryChange(change);
    }
}
