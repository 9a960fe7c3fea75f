using System.Text.Json;
using CloudObserve.Testing.Wire;

namespace CloudObserve.Testing.Services;

/// <summary>Serves CreateLogStream over AWS JSON 1.1.</summary>
internal sealed class CreateLogStream(LogGroups groups) : IOperation
{
    public string Name => nameof(CreateLogStream);

    public ScriptedProtocol Protocol => ScriptedProtocol.Logs;

    public Served Serve(JsonElement body, int? invalidMember)
    {
        groups.CreateStream(ScriptedLogRules.GroupName(body), ScriptedLogRules.StreamName(body));
        return Served.Nothing;
    }
}
