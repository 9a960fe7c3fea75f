using System.Globalization;
using CloudObserve.Insights;

namespace CloudObserve.Cli.Logs;

/// <summary>Shows on a terminal what a query has read so far, in one line that is written over.</summary>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class QueryProgressLine(TextWriter error) : IProgress<InsightsStatistics>
{
    private const double Megabyte = 1_000_000;

    private readonly Lock _lock = new();

    public void Report(InsightsStatistics value)
    {
        string line = string.Create(
            CultureInfo.InvariantCulture,
            $"\r{value.BytesScanned / Megabyte:F0} MB, {value.RecordsScanned} events, {value.RecordsMatched} matched\u001B[K\r");
        lock (_lock)
        {
            error.Write(line);
        }
    }
}
