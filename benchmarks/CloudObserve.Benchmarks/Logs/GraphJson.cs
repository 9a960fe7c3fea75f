using System.Text.Json.Serialization;

namespace CloudObserve.Benchmarks.Logs;

/// <summary>The generated serializer of the object graph.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(PutLogEventsGraph))]
internal sealed partial class GraphJson : JsonSerializerContext;
