using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.SignalR;

namespace CloudObserve.AspNetCore.Endpoints;

/// <summary>Finds <c>[Audited]</c> attributes that have no effect: on handlers of a Razor page and on methods of a hub.</summary>
internal static class MarkedHandlers
{
    /// <returns>The fault, or <see langword="null"/>.</returns>
    internal static string? FaultOf(Endpoint endpoint)
    {
        if (endpoint.Metadata.GetMetadata<CompiledPageActionDescriptor>() is { HandlerMethods: { } handlers }
            && Marked(handlers.Select(h => h.MethodInfo)) is { Length: > 0 } ofPage)
        {
            return $"The page '{endpoint.DisplayName}' has [Audited] on {ofPage}, where it has no effect. Put it on the page's model.";
        }

        return endpoint.Metadata.GetMetadata<HubMetadata>() is { } hub && Marked(MethodsOf(hub)) is { Length: > 0 } ofHub
            ? $"The hub '{hub.HubType.Name}' has [Audited] on {ofHub}, where it has no effect: a call of a hub method is not a request. "
                + "Mark the hub to record its connections, and use IAuditTrail to record the actions of its methods."
            : null;
    }

    private static string Marked(IEnumerable<MethodInfo> methods) =>
        string.Join(", ", methods.Where(m => m.IsDefined(typeof(AuditedAttribute), inherit: true)).Select(m => m.Name));

    [UnconditionalSuppressMessage("Trimming", "IL2075",
        Justification = "MapHub keeps the public methods of a hub: SignalR calls them itself.")]
    private static MethodInfo[] MethodsOf(HubMetadata hub) => hub.HubType.GetMethods();
}
