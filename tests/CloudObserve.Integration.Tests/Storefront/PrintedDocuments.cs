using System.Text.Json;

namespace CloudObserve.Integration.Tests.Storefront;

/// <summary>The documents of the embedded metric format among the lines that the shop printed, read as a log agent would.</summary>
internal static class PrintedDocuments
{
    public static Dictionary<SeriesName, SeriesTotals> Read(IEnumerable<string> output)
    {
        Dictionary<SeriesName, SeriesTotals> totals = [];
        foreach (string line in output.Where(l => l.Contains("_aws", StringComparison.Ordinal)))
        {
            using JsonDocument document = JsonDocument.Parse(line);
            Add(document.RootElement, totals);
        }

        return totals;
    }

    private static void Add(JsonElement root, Dictionary<SeriesName, SeriesTotals> totals)
    {
        JsonElement directive = Assert.Single(root.GetProperty("_aws").GetProperty("CloudWatchMetrics").EnumerateArray());
        (string Name, string Value)[] dimensions =
            [.. Assert.Single(directive.GetProperty("Dimensions").EnumerateArray()).EnumerateArray()
                .Select(d => (d.GetString()!, root.GetProperty(d.GetString()!).GetString()!))];
        foreach (string name in directive.GetProperty("Metrics").EnumerateArray().Select(m => m.GetProperty("Name").GetString()!))
        {
            JsonElement target = root.GetProperty(name);
            double[] values = target.ValueKind == JsonValueKind.Array
                ? [.. target.EnumerateArray().Select(v => v.GetDouble())] : [target.GetDouble()];
            SeriesName series = SeriesName.Of(name, dimensions);
            SeriesTotals before = totals.GetValueOrDefault(series);
            totals[series] = new SeriesTotals(before.Count + values.Length, before.Sum + values.Sum());
        }
    }
}
