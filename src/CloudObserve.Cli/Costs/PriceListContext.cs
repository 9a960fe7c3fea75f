using System.Text.Json;
using System.Text.Json.Serialization;

namespace CloudObserve.Cli.Costs;

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true,
    ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true)]
[JsonSerializable(typeof(PriceList))]
internal sealed partial class PriceListContext : JsonSerializerContext;
