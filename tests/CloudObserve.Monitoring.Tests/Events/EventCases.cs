using System.Text.Json;
using System.Text.Json.Nodes;

namespace CloudObserve.Monitoring.Tests.Events;

/// <summary>Reads the case files of events.</summary>
internal static class EventCases
{
    /// <summary>Reads a file of JSON lines.</summary>
    internal static IReadOnlyList<JsonNode> Lines(string name)
    {
        using StreamReader reader = Open($"events-{name}.jsonl");
        List<JsonNode> rows = [];
        while (reader.ReadLine() is { } line)
        {
            rows.Add(JsonNode.Parse(line)!);
        }

        return rows;
    }

    /// <summary>Reads a file with an array.</summary>
    internal static IReadOnlyList<JsonNode> Array(string name)
    {
        using StreamReader reader = Open($"events-{name}.json");
        return [.. JsonNode.Parse(reader.ReadToEnd())!.AsArray().Select(static row => row!)];
    }

    internal static string Text(this JsonNode row, string member) => row[member]!.GetValue<string>();

    private static StreamReader Open(string resource) => new(typeof(EventCases).Assembly.GetManifestResourceStream(resource)
        ?? throw new JsonException($"there is no case file {resource}"));
}
