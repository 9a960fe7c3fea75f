namespace CloudObserve.AspNetCore.Endpoints;

/// <summary>The mark that <c>.Audited(...)</c> leaves.</summary>
internal sealed record AuditedMetadata(AuditedEndpointOptions Options) : IAuditedMetadata;
