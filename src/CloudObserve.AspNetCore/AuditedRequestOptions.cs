using CloudObserve.Audit;
using Microsoft.AspNetCore.Http;

namespace CloudObserve.AspNetCore;

/// <summary>Provides the settings with which requests to audited endpoints become records.</summary>
public sealed class AuditedRequestOptions
{
    /// <summary>Gets or sets the function that identifies the user who sent a request.</summary>
    /// <value>
    /// Called after authentication of the request, whether or not it succeeded. The default is <see langword="null"/>: the identity is read
    /// from the claims of <c>HttpContext.User</c>, and is <see cref="AuditIdentity.Anonymous"/> for a request without a user.
    /// </value>
    public Func<HttpContext, AuditIdentity>? Identify { get; set; }
}
