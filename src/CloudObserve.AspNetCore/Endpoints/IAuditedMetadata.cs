namespace CloudObserve.AspNetCore.Endpoints;

/// <summary>
/// Marks an endpoint as audited. An endpoint may have several marks: those of its groups or its controller first, its own last.
/// </summary>
internal interface IAuditedMetadata
{
    AuditedEndpointOptions Options { get; }
}
