using System.Text.Json.Serialization;

namespace CloudObserve.AspNetCore.Status;

/// <summary>Serializes the status as JSON.</summary>
/// <remarks>The names are those of the public types in camel case. They are documented, because monitors read them.</remarks>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, WriteIndented = true,
    Converters = [typeof(SecondsConverter)])]
[JsonSerializable(typeof(CloudObserveStatus))]
internal sealed partial class StatusJson : JsonSerializerContext;
