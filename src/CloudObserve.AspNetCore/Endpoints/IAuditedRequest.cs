using Microsoft.AspNetCore.Http;

namespace CloudObserve.AspNetCore.Endpoints;

/// <summary>Runs an audited endpoint and records the request. It is the endpoint feature of each request that can be audited.</summary>
internal interface IAuditedRequest
{
    /// <summary>Runs an endpoint's code.</summary>
    /// <remarks>With <see cref="CloudObserve.Audit.AuditGuarantee.BeforeAction"/>, the intent is on disk first.</remarks>
    Task RunAsync(AuditedEndpoint audited, RequestDelegate code);
}
