using System.Text.Json;
using CloudObserve.Testing.Wire;

namespace CloudObserve.Testing.Services;

/// <summary>Serves CreateLogGroup over AWS JSON 1.1.</summary>
internal sealed class CreateLogGroup(LogGroups groups) : IOperation
{
    public string Name => nameof(CreateLogGroup);

    public ScriptedProtocol Protocol => ScriptedProtocol.Logs;

    public Served Serve(JsonElement body, int? invalidMember)
    {
        Dictionary<string, string> tags = body.TryGetProperty("tags", out JsonElement given)
            ? given.EnumerateObject().ToDictionary(tag => tag.Name, tag => tag.Value.GetString() ?? "", StringComparer.Ordinal)
            : [];
        groups.Create(ScriptedLogRules.GroupName(body), ScriptedLogRules.Class(body), ScriptedLogRules.Text(body, "kmsKeyId"), tags);
        return Served.Nothing;
    }
}
