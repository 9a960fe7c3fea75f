using System.Text.Json;

namespace CloudObserve.Testing.Services;

/// <summary>Serves CreateLogGroup over AWS JSON 1.1.</summary>
internal sealed class CreateLogGroup(LogGroups groups) : IOperation
{
    public string Name => nameof(CreateLogGroup);

    public ServiceProtocol Protocol => ServiceProtocol.Logs;

    public Served Serve(JsonElement body, int? invalidMember)
    {
        Dictionary<string, string> tags = body.TryGetProperty("tags", out JsonElement given)
            ? given.EnumerateObject().ToDictionary(tag => tag.Name, tag => tag.Value.GetString() ?? "", StringComparer.Ordinal)
            : [];
        groups.Create(LogRules.GroupName(body), LogRules.Class(body), LogRules.Text(body, "kmsKeyId"), tags);
        return Served.Nothing;
    }
}
