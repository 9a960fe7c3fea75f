using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CloudObserve.Tests.Documentation.Running;

/// <summary>
/// Runs an application that is configured as a block of JSON says: by a file of settings, or by the variables of a container.
/// </summary>
internal static class SettingsRun
{
    private const string Separator = "__";

    private static readonly JsonDocumentOptions AsSettings = new() { CommentHandling = JsonCommentHandling.Skip };

    internal static bool Configures(CodeBlock block)
    {
        using JsonDocument document = JsonDocument.Parse(block.Text, AsSettings);
        return IsSettings(document.RootElement) || Variables(document.RootElement).Any();
    }

    /// <returns>What is wrong.</returns>
    internal static async Task<IReadOnlyList<string>> PlayAsync(CodeBlock block, Stage stage, Func<IServiceProvider, Task>? during)
    {
        await using StagedApp app = new(stage);
        using JsonDocument document = JsonDocument.Parse(block.Text, AsSettings);
        _ = IsSettings(document.RootElement)
            ? app.Builder.Configuration.AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(block.Text)))
            : app.Builder.Configuration.AddInMemoryCollection([.. Variables(document.RootElement)]);
        _ = app.Builder.AddCloudObserve().WithLogs().WithAuditTrail();
        return await app.PlayAsync(during);
    }

    private static bool IsSettings(JsonElement root) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty(CloudObserveOptions.SectionName, out _);

    /// <summary>
    /// Finds the settings in a container's definition, at any depth: <c>{ "name": "CloudObserve__Destination", "value": "Aws" }</c>.
    /// </summary>
    private static IEnumerable<KeyValuePair<string, string?>> Variables(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object when Name(element) is { } name
            && name.StartsWith(CloudObserveOptions.SectionName + Separator, StringComparison.Ordinal) =>
            [KeyValuePair.Create(name.Replace(Separator, ":", StringComparison.Ordinal), element.GetProperty("value").GetString())],
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p => Variables(p.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Variables),
        _ => [],
    };

    private static string? Name(JsonElement element) =>
        element.TryGetProperty("name", out JsonElement name) && name.ValueKind == JsonValueKind.String ? name.GetString() : null;
}
