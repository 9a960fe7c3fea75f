using System.Text.Json;

namespace CloudObserve.Tests.Metrics.EmbeddedFormat;

/// <summary>
/// A document of the embedded metric format, read and checked rule by rule from its specification, without any code of the library.
/// </summary>
internal sealed class LegalDocument
{
    private const int MaxBytes = 1024 * 1024;

    private static readonly string[] Units =
    [
        "Seconds", "Microseconds", "Milliseconds", "Bytes", "Kilobytes", "Megabytes", "Gigabytes", "Terabytes", "Bits", "Kilobits",
        "Megabits", "Gigabits",
        "Terabits", "Percent", "Count", "Bytes/Second", "Kilobytes/Second", "Megabytes/Second", "Gigabytes/Second", "Terabytes/Second",
            "Bits/Second",
        "Kilobits/Second", "Megabits/Second", "Gigabits/Second", "Terabits/Second", "Count/Second", "None",
    ];

    private LegalDocument(List<EmbeddedMetric> metrics) => Metrics = metrics;

    internal List<EmbeddedMetric> Metrics { get; }

    internal static LegalDocument Read(ReadOnlyMemory<byte> text)
    {
        Assert.InRange(text.Length, 2, MaxBytes);
        Assert.Equal((byte)'{', text.Span[0]);
        Assert.Equal((byte)'}', text.Span[^1]);
        Assert.Equal(-1, text.Span.IndexOfAny((byte)'\n', (byte)'\r'));
        using JsonDocument document = JsonDocument.Parse(text, new JsonDocumentOptions { AllowDuplicateProperties = false });
        JsonElement root = document.RootElement;
        JsonElement aws = root.GetProperty("_aws");
        long timestamp = aws.GetProperty("Timestamp").GetInt64();
        List<EmbeddedMetric> metrics = [];
        foreach (JsonElement directive in aws.GetProperty("CloudWatchMetrics").EnumerateArray())
        {
            metrics.AddRange(ReadDirective(root, directive, DateTimeOffset.FromUnixTimeMilliseconds(timestamp)));
        }

        return new LegalDocument(metrics);
    }

    private static IEnumerable<EmbeddedMetric> ReadDirective(JsonElement root, JsonElement directive, DateTimeOffset time)
    {
        string @namespace = directive.GetProperty("Namespace").GetString()!;
        Assert.InRange(@namespace.Length, 1, 255);
        Assert.NotEqual(':', @namespace[0]);
        JsonElement[] sets = [.. directive.GetProperty("Dimensions").EnumerateArray()];
        Assert.NotEmpty(sets);
        JsonElement[] definitions = [.. directive.GetProperty("Metrics").EnumerateArray()];
        Assert.InRange(definitions.Length, 1, 100);
        foreach (JsonElement set in sets)
        {
            string dimensions = ReadSet(root, set);
            foreach (JsonElement definition in definitions)
            {
                yield return ReadMetric(root, definition, @namespace, dimensions, time);
            }
        }
    }

    private static string ReadSet(JsonElement root, JsonElement set)
    {
        string[] names = [.. set.EnumerateArray().Select(n => n.GetString()!)];
        Assert.InRange(names.Length, 0, 30);
        Assert.Equal(names.Length, names.Distinct().Count());
        return string.Join('\n', names.Order(StringComparer.Ordinal).Select(name =>
        {
            Assert.InRange(name.Length, 1, 250);
            JsonElement value = root.GetProperty(name);
            Assert.Equal(JsonValueKind.String, value.ValueKind);
            Assert.InRange(value.GetString()!.Length, 1, 1_024);
            return $"{name}={value.GetString()}";
        }));
    }

    private static EmbeddedMetric ReadMetric(
        JsonElement root, JsonElement definition, string @namespace, string dimensions, DateTimeOffset time)
    {
        Assert.All(definition.EnumerateObject(), m => Assert.Contains(m.Name, (string[])["Name", "Unit", "StorageResolution"]));
        string name = definition.GetProperty("Name").GetString()!;
        Assert.InRange(name.Length, 1, 255);
        string unit = definition.TryGetProperty("Unit", out JsonElement given) ? given.GetString()! : "None";
        Assert.Contains(unit, Units);
        int resolution = definition.TryGetProperty("StorageResolution", out JsonElement fine) ? fine.GetInt32() : 60;
        Assert.Contains(resolution, (int[])[1, 60]);
        JsonElement target = root.GetProperty(name);
        double[] values = target.ValueKind == JsonValueKind.Array ? [.. target.EnumerateArray().Select(Number)] : [Number(target)];
        Assert.InRange(values.Length, 1, 100);
        return new EmbeddedMetric(@namespace, name, dimensions, unit, resolution, time, values);
    }

    private static double Number(JsonElement element)
    {
        Assert.Equal(JsonValueKind.Number, element.ValueKind);
        return element.GetDouble();
    }
}
