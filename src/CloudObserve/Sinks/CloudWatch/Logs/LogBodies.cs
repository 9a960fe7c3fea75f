using System.Buffers;
using System.Text.Json;

namespace CloudObserve.Sinks.CloudWatch.Logs;

/// <summary>Writes the request bodies that create log groups and streams.</summary>
internal static class LogBodies
{
    private const string GroupName = "logGroupName";

    internal static ReadOnlyMemory<byte> CreateLogStream(LogDestination destination) => Write(json =>
    {
        json.WriteString(GroupName, destination.Group);
        json.WriteString("logStreamName", destination.Stream);
    });

    internal static ReadOnlyMemory<byte> CreateLogGroup(string group, LogGroupSettings settings) => Write(json =>
    {
        json.WriteString(GroupName, group);
        WriteIfSet(json, "logGroupClass", settings.Class);
        WriteIfSet(json, "kmsKeyId", settings.KmsKeyId);
        if (settings.Tags.Count > 0)
        {
            WriteTags(json, settings.Tags);
        }
    });

    internal static ReadOnlyMemory<byte> PutRetentionPolicy(string group, int days) => Write(json =>
    {
        json.WriteString(GroupName, group);
        json.WriteNumber("retentionInDays", days);
    });

    private static void WriteIfSet(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    private static void WriteTags(Utf8JsonWriter json, IReadOnlyDictionary<string, string> tags)
    {
        json.WriteStartObject("tags");
        foreach ((string key, string value) in tags)
        {
            json.WriteString(key, value);
        }

        json.WriteEndObject();
    }

    private static ReadOnlyMemory<byte> Write(Action<Utf8JsonWriter> members)
    {
        ArrayBufferWriter<byte> body = new();
        using (Utf8JsonWriter json = new(body))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return body.WrittenMemory;
    }
}
