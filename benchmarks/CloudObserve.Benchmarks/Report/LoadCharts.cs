using System.Globalization;

namespace CloudObserve.Benchmarks.Report;

/// <summary>Draws what the load tests have measured; nothing of what they have not.</summary>
/// <param name="load">The kept results of the load tests.</param>
internal sealed class LoadCharts(ResultFile load)
{
    private const string LogCall = "log: ";
    private const string NoCall = "no call";
    private const string Ours = "CloudObserve";

    private static readonly string[] Percentiles = ["p50 us", "p99 us", "p99.9 us", "max us"];

    /// <summary>Gives the charts there are: the file, what it shows, and the drawing.</summary>
    internal IEnumerable<(string Name, string Title, string Content)> All() => new[]
    {
        Chart("latency.svg", "Latency of a log call by library, in microseconds from when it was to start, logarithmic", Latencies(), label => !label.Contains(Ours, StringComparison.Ordinal)),
        Chart("throughput.svg", "Events and samples a second from call to answer over loopback HTTP, logarithmic", Throughput()),
    }.OfType<(string, string, string)>();

    private static (string Name, string Title, string Content)? Chart(
        string name, string title, IEnumerable<(string Label, double Value)> values, Predicate<string>? isOther = null)
    {
        (string, double Value, double)[] bars = [.. values.Select(value => (value.Label, value.Value, -1.0))];
        if (bars.Length == 0)
        {
            return null;
        }

        // From a power of ten below the least to one above the most, so that the least has a bar to be seen.
        double top = Math.Ceiling(Math.Log10(bars.Max(bar => bar.Value)));
        double bottom = Math.Floor(Math.Log10(Math.Max(bars.Min(bar => bar.Value), 1e-3))) - 1;
        return (name, title, BarChart.Draw(title, bars, Math.Pow(10, top), top - bottom, isOther));
    }

    private IEnumerable<(string Label, double Value)> Latencies() =>
        from row in load.Rows("latency")
        where row["Call"].StartsWith(LogCall, StringComparison.Ordinal) || row["Call"].StartsWith(NoCall, StringComparison.Ordinal)
        group row by row["calls a second"] into rate
        from percentile in Percentiles
        from row in rate
        select ($"{percentile[..^3]} at {rate.Key}/s, {row["Call"].Replace(LogCall, "", StringComparison.Ordinal)}", Number(row[percentile]));

    private IEnumerable<(string Label, double Value)> Throughput() =>
        load.Rows("saturation").Select(row => ($"{row["Load"]}", Number(row["a second"])));

    private static double Number(string text) => double.Parse(text, NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
}
