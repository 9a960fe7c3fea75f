using System.Globalization;

namespace CloudObserve.Monitoring.Tests;

/// <summary>Writes and reads the values of time series as <c>[1, 2.5, -]</c>, where a gap is a dash.</summary>
internal static class Points
{
    private const int Digits = 9;

    internal static string Show(IEnumerable<double> values) =>
        $"[{string.Join(", ", values.Select(v => double.IsNaN(v) ? "-" : Math.Round(v, Digits).ToString("R", CultureInfo.InvariantCulture)))}]";

    internal static double[] Parse(string text) =>
        [.. text.Trim('[', ']').Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(v => v == "-" ? double.NaN : double.Parse(v, CultureInfo.InvariantCulture))];

    internal static MetricSeries Series(string text, string label = "", int period = 60) =>
        new(StoredMetrics.Start, TimeSpan.FromSeconds(period), Parse(text)) { Label = label };
}
