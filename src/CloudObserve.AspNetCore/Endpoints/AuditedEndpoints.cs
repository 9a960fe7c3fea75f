using System.Runtime.CompilerServices;
using CloudObserve.Audit;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CloudObserve.AspNetCore.Endpoints;

/// <summary>Holds the audited endpoints of the application; each is created when it is first needed.</summary>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class AuditedEndpoints(IOptions<CloudObserveOptions> options)
{
    // An endpoint that is not audited has an entry with a null value. The table holds weak references, because endpoints may be replaced at
    // run time.
    private readonly ConditionalWeakTable<Endpoint, StrongBox<AuditedEndpoint?>> _known = [];

    private AuditGuarantee DefaultGuarantee => options.Value.AuditTrail.Guarantee;

    /// <exception cref="InvalidOperationException"><c>WithAuditedEndpoints</c> was not called.</exception>
    internal static void MustBeIn(IServiceProvider services, string? endpoint)
    {
        if (services.GetService<AuditedEndpoints>() is null)
        {
            throw Unrecorded(endpoint ?? "(no name)");
        }
    }

    internal static InvalidOperationException Unrecorded(params string[] endpoints) => new(
        $"Requests to the audited endpoints {string.Join(", ", endpoints)} are not recorded. "
        + "Call builder.AddCloudObserve().WithAuditTrail(...).WithAuditedEndpoints().");

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
            // The running copy has the same metadata. A middleware may store it and set it again later, so it must map to the same entry.
            _ = _known.TryAdd(found.Running, entry);
        }

        return entry.Value;
    }
}
