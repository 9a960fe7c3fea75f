using System.Runtime.CompilerServices;
using CloudObserve.Audit;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CloudObserve.AspNetCore.Endpoints;

/// <summary>The application's audited endpoints, each put together when it is first asked for.</summary>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class AuditedEndpoints(IOptions<CloudObserveOptions> options)
{
    // An endpoint that is not audited has an entry too, without a value. Endpoints may be replaced at run time; the table does not keep them.
    private readonly ConditionalWeakTable<Endpoint, StrongBox<AuditedEndpoint?>> _known = [];

    private AuditGuarantee DefaultGuarantee => options.Value.AuditTrail.Guarantee;

    /// <exception cref="InvalidOperationException">What records requests was not added.</exception>
    internal static void MustBeIn(IServiceProvider services, string? endpoint)
    {
        if (services.GetService<AuditedEndpoints>() is null)
        {
            throw Unrecorded(endpoint ?? "(no name)");
        }
    }

    internal static InvalidOperationException Unrecorded(params string[] endpoints) => new(
        $"Nothing records the requests to what is audited: {string.Join(", ", endpoints)}. Set it up: builder.AddCloudObserve().WithAuditTrail(...).WithAuditedEndpoints().");

    internal AuditedEndpoint? Find(Endpoint endpoint)
    {
        if (_known.TryGetValue(endpoint, out StrongBox<AuditedEndpoint?>? known))
        {
            return known.Value;
        }

        AuditedEndpoint? audited = AuditedEndpoint.From(endpoint, DefaultGuarantee);
        StrongBox<AuditedEndpoint?> entry = _known.GetValue(endpoint, _ => new StrongBox<AuditedEndpoint?>(audited));
        if (entry.Value is { } found)
        {
            // What runs in its place has the same marks, and comes back when a middleware keeps the endpoint and sets it again.
            _ = _known.TryAdd(found.Running, entry);
        }

        return entry.Value;
    }
}
