using System.Text.Json;

namespace CloudObserve.Sinks.Local.Ingestion;

/// <summary>Reads the next value.</summary>
internal delegate T WireReader<T>(ref Utf8JsonReader reader);
