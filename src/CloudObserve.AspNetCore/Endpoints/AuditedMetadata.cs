namespace CloudObserve.AspNetCore.Endpoints;

/// <summary>The metadata that <c>.Audited(...)</c> adds to an endpoint.</summary>
internal sealed record AuditedMetadata(AuditedEndpointOptions Options) : IAuditedMetadata;
