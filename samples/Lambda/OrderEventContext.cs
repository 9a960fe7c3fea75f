using System.Text.Json;
using System.Text.Json.Serialization;

namespace Lambda;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(OrderEvent))]
internal sealed partial class OrderEventContext : JsonSerializerContext;
