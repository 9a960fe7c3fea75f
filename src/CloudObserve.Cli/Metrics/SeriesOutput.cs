using System.Globalization;
using CloudObserve.Monitoring;

namespace CloudObserve.Cli.Metrics;

/// <summary>Writes time series as CSV, one row for each datapoint.</summary>
internal static class SeriesOutput
{
    /// <summary>Writes time series.</summary>
    /// <param name="output">The output.</param>
    /// <param name="result">The time series.</param>
    /// <param name="hasLabels">Whether each row has the label of its time series.</param>
    internal static void Write(TextWriter output, IReadOnlyList<MetricSeries> result, bool hasLabels)
    {
        output.Write(hasLabels ? "timestamp,value,label\n" : "timestamp,value\n");
        for (int i = 0; i < result.Count; i++)
        {
            MetricSeries series = result[i];
            string label = series.Label.Length > 0 ? series.Label : (i + 1).ToString(CultureInfo.InvariantCulture);
            Write(output, series, hasLabels ? $",{label}" : "");
        }
    }

    private static void Write(TextWriter output, MetricSeries series, string end)
    {
        ReadOnlySpan<double> values = series.Values;
        for (int i = 0; i < values.Length; i++)
        {
            if (!double.IsNaN(values[i]))
            {
                output.Write(series.TimeOf(i).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
                output.Write(',');
                output.Write(values[i].ToString("R", CultureInfo.InvariantCulture));
                output.Write(end);
                output.Write('\n');
            }
        }
    }
}
