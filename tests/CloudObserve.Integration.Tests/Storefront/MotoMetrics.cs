using System.Globalization;
using System.Xml.Linq;
using CloudObserve.Integration.Tests.Moto;

namespace CloudObserve.Integration.Tests.Storefront;

/// <summary>Reads everything that one namespace of moto holds, by plain HTTP and without any code of the library.</summary>
internal sealed class MotoMetrics(MotoServer moto, string @namespace)
{
    /// <summary>Reads the totals of every series.</summary>
    public async Task<Dictionary<SeriesName, SeriesTotals>> ReadAsync()
    {
        Dictionary<SeriesName, SeriesTotals> totals = [];

        // Given some dimensions moto also adds up every series that has further ones, which CloudWatch does not. Those were read before, so
        // they are taken off.
        foreach (SeriesName series in (await ListAsync()).OrderByDescending(s => s.Pairs.Length))
        {
            SeriesTotals found = await StatisticsAsync(series);
            SeriesTotals[] larger = [.. totals.Where(t => series.IsPartOf(t.Key)).Select(t => t.Value)];
            totals[series] = new SeriesTotals(found.Count - larger.Sum(t => t.Count), found.Sum - larger.Sum(t => t.Sum));
        }

        return totals;
    }

    private async Task<HashSet<SeriesName>> ListAsync()
    {
        // moto lists a metric without dimensions once for each sample of it.
        HashSet<SeriesName> found = [];
        string? next = null;
        do
        {
            (string, string)[] page = next is null ? [] : [("NextToken", next)];
            XDocument answer = XDocument.Parse(await moto.QueryAsync("ListMetrics", [("Namespace", @namespace), .. page]));
            found.UnionWith(Members(answer.Root!, "Metrics").Select(m => SeriesName.Of(
                Text(m, "MetricName")!, Members(m, "Dimensions").Select(d => (Text(d, "Name")!, Text(d, "Value")!)))));
            next = answer.Descendants().SingleOrDefault(e => e.Name.LocalName == "NextToken")?.Value;
        }
        while (!string.IsNullOrEmpty(next));
        return found;
    }

    private async Task<SeriesTotals> StatisticsAsync(SeriesName series)
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        string xml = await moto.QueryAsync(
            "GetMetricStatistics",
            [
                ("Namespace", @namespace), ("MetricName", series.Metric), ("Period", "86400"),
                ("StartTime", now.AddHours(-1).ToString("s", CultureInfo.InvariantCulture) + "Z"),
                ("EndTime", now.AddHours(1).ToString("s", CultureInfo.InvariantCulture) + "Z"),
                ("Statistics.member.1", "SampleCount"), ("Statistics.member.2", "Sum"),
                .. series.Pairs.SelectMany(
                    (d, i) => new[] { ($"Dimensions.member.{i + 1}.Name", d.Name), ($"Dimensions.member.{i + 1}.Value", d.Value) }),
            ]);
        XElement[] points = [.. Members(XDocument.Parse(xml).Root!, "Datapoints")];
        return new SeriesTotals((long)points.Sum(p => Number(p, "SampleCount")), points.Sum(p => Number(p, "Sum")));
    }

    private static IEnumerable<XElement> Members(XElement parent, string name) =>
        parent.Descendants().Where(e => e.Name.LocalName == name).Elements();

    private static string? Text(XElement parent, string name) => parent.Elements().SingleOrDefault(e => e.Name.LocalName == name)?.Value;

    private static double Number(XElement point, string name) => double.Parse(Text(point, name)!, CultureInfo.InvariantCulture);
}
