using System.Text.Json;

namespace CloudObserve.Sinks.Local.Ingestion;

/// <summary>Reads the member at whose name the reader is into its owner, or skips an unknown member.</summary>
internal delegate void WireMember<T>(ref Utf8JsonReader reader, T owner);
