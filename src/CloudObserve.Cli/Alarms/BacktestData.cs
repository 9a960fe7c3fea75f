using System.Globalization;
using CloudObserve.Cli.Metrics;
using CloudObserve.Monitoring;

namespace CloudObserve.Cli.Alarms;

/// <summary>Holds the values of a backtest.</summary>
/// <param name="Series">The values by the ids of their metrics.</param>
/// <param name="From">The end of the first row's period.</param>
/// <param name="To">The end of the last row's period.</param>
internal sealed record BacktestData(
    Dictionary<string, IReadOnlyCollection<AlarmDatapoint>> Series, DateTimeOffset From, DateTimeOffset To)
{
    private const int MaxPeriods = TimeValueFile.MaxRows;

    /// <summary>Reads the files of values.</summary>
    /// <param name="options">The values of the option: <c>FILE</c> or <c>ID=FILE</c>.</param>
    /// <param name="metrics">The ids of the metrics of the alarm's expression; empty if the file has what the alarm watches.</param>
    /// <param name="period">The period of the alarm.</param>
    /// <param name="cancellationToken">The token that ends the reading.</param>
    /// <exception cref="CommandException">A file cannot be read, or the files do not fit the alarm.</exception>
    internal static async Task<BacktestData> ReadAsync(
        string[] options, string[] metrics, TimeSpan period, CancellationToken cancellationToken)
    {
        (string Id, string File)[] files = [.. options.Select(option => Split(option, metrics))];
        CheckIds(files, metrics);
        Dictionary<string, TimeValueFile> series = new(StringComparer.Ordinal);
        foreach ((string id, string file) in files)
        {
            series.Add(id, await TimeValueFile.ReadAsync(file, cancellationToken).ConfigureAwait(false));
        }

        TimeValueFile.CheckRows(series.Values);
        TimeValueFile[] filled = [.. series.Values.Where(static file => file.Count > 0)];
        DateTime first = filled.Min(static file => file.Rows[0].Time);
        DateTime last = filled.Max(static file => file.Rows[^1].Time);
        long periods = ((last - first).Ticks / period.Ticks) + 1;
        if (periods > MaxPeriods || last > DateTime.MaxValue - (2 * period))
        {
            throw new CommandException(string.Create(
                CultureInfo.InvariantCulture,
                $"the rows span {periods} periods, but a backtest has at most {MaxPeriods}, and ends before the year 10000"));
        }

        foreach (TimeValueFile file in filled)
        {
            file.CheckPeriods(first, period);
        }

        DateTimeOffset start = new(first);
        return new BacktestData(
            series.ToDictionary(
                static file => file.Key, static file => (IReadOnlyCollection<AlarmDatapoint>)file.Value, StringComparer.Ordinal),
            start + period, start + (period * periods));
    }

    // A plain file is that of the only metric. A file of this name with an equals sign in it is a plain file too.
    private static (string Id, string File) Split(string option, string[] metrics)
    {
        int equals = option.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 && metrics.Contains(option[..equals]) ? (option[..equals], option[(equals + 1)..])
            : metrics.Length == 1 ? (metrics[0], option)
            : ("", option);
    }

    private static void CheckIds((string Id, string File)[] files, string[] metrics)
    {
        if (metrics.Length == 0 && files.Length != 1)
        {
            throw new CommandException($"the alarm watches one series, so --data must be given once, not {files.Length} times");
        }

        if (files.Select(static file => file.Id).Distinct().Count() < files.Length
            || (metrics.Length > 0 && metrics.Except(files.Select(static file => file.Id)).Any()))
        {
            string forms = string.Join(' ', metrics.Select(static id => $"--data {id}=FILE"));
            throw new CommandException(
                $"the alarm watches an expression, so the values of each of its metrics must be given once: {forms}");
        }
    }
}
