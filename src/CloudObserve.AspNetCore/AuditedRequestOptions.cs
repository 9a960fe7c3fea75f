using CloudObserve.Audit;
using Microsoft.AspNetCore.Http;

namespace CloudObserve.AspNetCore;

/// <summary>How requests to audited endpoints become records.</summary>
public sealed class AuditedRequestOptions
{
    /// <summary>Gets or sets what tells who sent a request.</summary>
    /// <value>
    /// Called when the request has been authenticated, also if that came to nothing. The default is <see langword="null"/>: the claims of
    /// <c>HttpContext.User</c> tell, and <see cref="AuditIdentity.Anonymous"/> stands for a request without a user.
    /// </value>
    public Func<HttpContext, AuditIdentity>? Identify { get; set; }
}
