using System.Text.Json.Serialization;

namespace CloudObserve.AspNetCore.Status;

/// <summary>The status as JSON. Its names are those of the public types, in camel case, and documented: monitors read them.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, WriteIndented = true, Converters = [typeof(SecondsConverter)])]
[JsonSerializable(typeof(CloudObserveStatus))]
internal sealed partial class StatusJson : JsonSerializerContext;
