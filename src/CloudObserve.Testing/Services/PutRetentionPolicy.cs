using System.Text.Json;
using CloudObserve.Testing.Wire;

namespace CloudObserve.Testing.Services;

/// <summary>Serves PutRetentionPolicy over AWS JSON 1.1.</summary>
internal sealed class PutRetentionPolicy(LogGroups groups) : IOperation
{
    public string Name => nameof(PutRetentionPolicy);

    public ScriptedProtocol Protocol => ScriptedProtocol.Logs;

    public Served Serve(JsonElement body, int? invalidMember)
    {
        groups.SetRetention(ScriptedLogRules.GroupName(body), ScriptedLogRules.Retention(body));
        return Served.Nothing;
    }
}
