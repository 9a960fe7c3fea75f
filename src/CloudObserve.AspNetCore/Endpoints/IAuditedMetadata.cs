namespace CloudObserve.AspNetCore.Endpoints;

/// <summary>Marks an endpoint as audited. An endpoint may have several: those of its groups or its controller, and then its own.</summary>
internal interface IAuditedMetadata
{
    AuditedEndpointOptions Options { get; }
}
