namespace CloudObserve.Sinks.Local.Ingestion;

/// <summary>One dimension as it was read; a member that is absent is <see langword="null"/>.</summary>
internal readonly record struct WireDimension(string? Name, string? Value);
