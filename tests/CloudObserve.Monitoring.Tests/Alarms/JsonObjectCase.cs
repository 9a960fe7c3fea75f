using System.Text.Json.Nodes;
using Xunit.Abstractions;

namespace CloudObserve.Monitoring.Tests.Alarms;

/// <summary>A row of a case file.</summary>
public sealed class JsonObjectCase : IXunitSerializable
{
    private string _json;

    public JsonObjectCase()
        : this("{}")
    {
    }

    internal JsonObjectCase(string json) => _json = json;

    internal JsonNode Row => JsonNode.Parse(_json)!;

    public void Deserialize(IXunitSerializationInfo info) => _json = info.GetValue<string>("json");

    public void Serialize(IXunitSerializationInfo info) => info.AddValue("json", _json);

    public override string ToString() => "row";
}
