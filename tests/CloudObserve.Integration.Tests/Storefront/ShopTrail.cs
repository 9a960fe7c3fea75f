using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CloudObserve.Integration.Tests.Storefront;

/// <summary>
/// The records that the shop left in its audit trail, read as any tool for CloudTrail's files would: gzip and JSON, nothing of the library.
/// </summary>
internal static class ShopTrail
{
    public static List<JsonNode> Read(string directory)
    {
        List<JsonNode> records = [];
        foreach (string path in Directory.EnumerateFiles(
            Path.Combine(directory, "AWSLogs"), "*_CloudTrail_*.json.gz", SearchOption.AllDirectories))
        {
            using FileStream file = File.OpenRead(path);
            using GZipStream zip = new(file, CompressionMode.Decompress);
            records.AddRange(JsonNode.Parse(zip)!["Records"]!.AsArray().Select(r => r!));
        }

        return records;
    }

    /// <summary>Counts how the actions ended, each action once: the record of an intent is none of an end.</summary>
    public static IEnumerable<string> Outcomes(IEnumerable<JsonNode> records) => records
        .Where(r => (string?)r["additionalEventData"]?["action"]?["phase"] != "intent")
        .GroupBy(r => (string)r["eventName"]!)
        .Select(g => Line(
            g.Key, g.Count(r => r["errorCode"] is null), g.Count(IsRefused), g.Count(r => r["errorCode"] is not null && !IsRefused(r))))
        .Order(StringComparer.Ordinal);

    /// <summary>Reads the same from the shop's last line, where it counted the answers that its people got.</summary>
    public static IEnumerable<string> Reported(JsonElement report) => report.GetProperty("app").GetProperty("actions").EnumerateObject()
        .Select(a => Line(a.Name, Count(a, "performed"), Count(a, "refused"), Count(a, "failed")))
        .Order(StringComparer.Ordinal);

    private static bool IsRefused(JsonNode record) => (string?)record["errorCode"] == "AccessDenied";

    private static long Count(JsonProperty action, string outcome) => action.Value.GetProperty(outcome).GetInt64();

    private static string Line(string action, long performed, long refused, long failed) =>
        $"{action}: {performed} performed, {refused} refused, {failed} failed";
}
