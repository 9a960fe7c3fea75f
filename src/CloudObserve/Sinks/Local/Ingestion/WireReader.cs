using System.Text.Json;

namespace CloudObserve.Sinks.Local.Ingestion;

/// <summary>Reads what the reader stands before.</summary>
internal delegate T WireReader<T>(ref Utf8JsonReader reader);
