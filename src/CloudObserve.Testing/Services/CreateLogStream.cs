using System.Text.Json;

namespace CloudObserve.Testing.Services;

/// <summary>Serves CreateLogStream over AWS JSON 1.1.</summary>
internal sealed class CreateLogStream(LogGroups groups) : IOperation
{
    public string Name => nameof(CreateLogStream);

    public ServiceProtocol Protocol => ServiceProtocol.Logs;

    public Served Serve(JsonElement body, int? invalidMember)
    {
        groups.CreateStream(LogRules.GroupName(body), LogRules.StreamName(body));
        return Served.Nothing;
    }
}
