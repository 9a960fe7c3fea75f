using System.Text.Json;
using CloudObserve.Delivery;

namespace CloudObserve.Tests.Metrics;

/// <summary>A datum as it went over the wire, read by an independent parser.</summary>
internal sealed record SentDatum(
    string Namespace, string Name, string Dimensions, string? Unit, int Resolution, DateTimeOffset Timestamp, double[] Values,
    long[] Counts)
{
    internal long Count => Counts.Sum();

    internal double Sum => Values.Zip(Counts, (v, c) => v * c).Sum();

    internal static IEnumerable<SentDatum> Read(Batch batch)
    {
        using JsonDocument body = JsonDocument.Parse(batch.Body);
        string @namespace = body.RootElement.GetProperty("Namespace").GetString()!;
        return [.. body.RootElement.GetProperty("MetricData").EnumerateArray().Select(d => Read(@namespace, d))];
    }

    private static SentDatum Read(string @namespace, JsonElement datum)
    {
        double[] values = datum.TryGetProperty("Value", out JsonElement single)
            ? [single.GetDouble()]
            : [.. datum.GetProperty("Values").EnumerateArray().Select(v => v.GetDouble())];
        long[] counts = datum.TryGetProperty("Counts", out JsonElement given) ? [.. given.EnumerateArray().Select(c => c.GetInt64())] : [1];
        string dimensions = datum.TryGetProperty("Dimensions", out JsonElement list)
            ? string.Join(',', list.EnumerateArray()
                .Select(d => $"{d.GetProperty("Name").GetString()}={d.GetProperty("Value").GetString()}"))
            : "";
        return new SentDatum(
            @namespace,
            datum.GetProperty("MetricName").GetString()!,
            dimensions,
            datum.TryGetProperty("Unit", out JsonElement unit) ? unit.GetString() : null,
            datum.TryGetProperty("StorageResolution", out JsonElement resolution) ? resolution.GetInt32() : 60,
            DateTimeOffset.FromUnixTimeSeconds(datum.GetProperty("Timestamp").GetInt64()),
            values,
            counts);
    }
}
