using System.Globalization;

namespace CloudObserve.Benchmarks.Report;

/// <summary>Draws charts of the stored results of the load tests.</summary>
/// <param name="load">The stored results of the load tests.</param>
internal sealed class LoadCharts(ResultFile load)
{
    private const string LogCall = "log: ";
    private const string NoCall = "no call";
    private const string Ours = "CloudObserve";

    private static readonly string[] Percentiles = ["p50 us", "p99 us", "p99.9 us", "max us"];

    /// <summary>Returns each chart's file name, title and content.</summary>
    internal IEnumerable<(string Name, string Title, string Content)> All() => new[]
    {
        Chart("latency.svg", "Latency of a log call by library, in microseconds from the scheduled start (logarithmic scale)", Latencies(),
            label => !label.Contains(Ours, StringComparison.Ordinal)),
        Chart("throughput.svg", "Events and samples per second, from the call to the HTTP response over loopback (logarithmic scale)",
            Throughput()),
    }.OfType<(string, string, string)>();

    private static (string Name, string Title, string Content)? Chart(
        string name, string title, IEnumerable<(string Label, double Value)> values, Predicate<string>? isOther = null)
    {
        (string, double Value, double)[] bars = [.. values.Select(value => (value.Label, value.Value, -1.0))];
        if (bars.Length == 0)
        {
            return null;
        }

        // The scale starts one power of ten below the smallest value, so that its bar is visible.
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
        select ($"{percentile[..^3]} at {rate.Key}/s, {row["Call"].Replace(LogCall, "", StringComparison.Ordinal)}",
            Number(row[percentile]));

    private IEnumerable<(string Label, double Value)> Throughput() =>
        load.Rows("saturation").Select(row => ($"{row["Load"]}", Number(row["a second"])));

    private static double Number(string text) =>
        double.Parse(text, NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
}
