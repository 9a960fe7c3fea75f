namespace CloudObserve.AspNetCore.Endpoints;

/// <summary>Marks an endpoint as audited.</summary>
/// <remarks>An endpoint may have several marks: those of its groups or its controller first, its own last.</remarks>
internal interface IAuditedMetadata
{
    AuditedEndpointOptions Options { get; }
}
