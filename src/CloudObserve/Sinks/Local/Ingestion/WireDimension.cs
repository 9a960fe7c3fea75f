namespace CloudObserve.Sinks.Local.Ingestion;

/// <summary>One dimension as read. An absent member is <see langword="null"/>.</summary>
internal readonly record struct WireDimension(string? Name, string? Value);
