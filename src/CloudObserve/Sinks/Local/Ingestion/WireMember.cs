using System.Text.Json;

namespace CloudObserve.Sinks.Local.Ingestion;

/// <summary>Reads the member whose name the reader stands on into what it belongs to, or skips it when it is unknown.</summary>
internal delegate void WireMember<T>(ref Utf8JsonReader reader, T owner);
