using System.Globalization;
using CloudObserve.Monitoring;

namespace CloudObserve.Cli.Metrics;

/// <summary>Reads time series from CSV files.</summary>
internal static class SeriesFiles
{
    // Bounds the memory: the periods of a file include those of its gaps.
    private const long MaxPeriods = 10_000_000;

    private const long DefaultPeriod = 60;

    /// <summary>Reads time series.</summary>
    /// <param name="data">The files, each as <c>id=file</c>.</param>
    /// <param name="option">The name of the option for messages.</param>
    /// <param name="period">The period in seconds; <see langword="null"/> to find it in each file.</param>
    /// <param name="cancellationToken">The token that ends the reading.</param>
    /// <exception cref="CommandException">An id is invalid or given twice, or a file cannot be read.</exception>
    internal static async Task<List<KeyValuePair<string, MetricSeries>>> ReadAsync(
        IReadOnlyList<string> data, string option, long? period, CancellationToken cancellationToken)
    {
        List<(string Id, TimeValueFile File)> files = [];
        foreach (string item in data)
        {
            (string id, string file) = Split(item, option);
            if (files.Exists(other => other.Id == id))
            {
                throw new CommandException($"{option} gives the id '{id}' twice");
            }

            files.Add((id, await TimeValueFile.ReadAsync(file, cancellationToken).ConfigureAwait(false)));
        }

        TimeValueFile.CheckRows(files.Select(static file => file.File));

        // A file with one row tells no period. It has that of the other files.
        long[] found = [.. files.Select(file => period ?? StepOf(file.File.Rows))];
        long common = found.Where(static step => step > 0).DefaultIfEmpty(DefaultPeriod).Min();
        bool isAligned = period is not null;
        return [.. files.Select((file, i) => KeyValuePair.Create(
            file.Id, ToSeries(file.Id, file.File, found[i] > 0 ? found[i] : common, isAligned)))];
    }

    private static (string Id, string File) Split(string item, string option)
    {
        int equals = item.IndexOf('=', StringComparison.Ordinal);
        string id = equals < 0 ? "" : item[..equals];
        return IsId(id)
            ? (id, item[(equals + 1)..])
            : throw new CommandException(
                $"{option} must be an id and a file such as m1=orders.csv, not '{item}'; an id begins with a lower-case letter");
    }

    private static bool IsId(string text) =>
        text.Length > 0
        && char.IsAsciiLetterLower(text[0])
        && text.All(static character => char.IsAsciiLetterOrDigit(character) || character == '_');

    // The smallest distance between two timestamps; zero if there is none.
    private static long StepOf(IReadOnlyList<StoredRow> rows)
    {
        long step = 0;
        for (int i = 1; i < rows.Count; i++)
        {
            long distance = SecondsOf(rows[i]) - SecondsOf(rows[i - 1]);
            step = distance > 0 && (step == 0 || distance < step) ? distance : step;
        }

        return step;
    }

    // With a given period, periods begin at its multiples, as in CloudWatch. Otherwise the first timestamp begins one.
    private static MetricSeries ToSeries(string id, TimeValueFile file, long period, bool isAligned)
    {
        long first = file.Count == 0 ? 0 : SecondsOf(file.Rows[0]);
        // Rounds down, also before 1970.
        long start = isAligned ? first - (((first % period) + period) % period) : first;
        long count = file.Count == 0 ? 0 : ((SecondsOf(file.Rows[^1]) - start) / period) + 1;
        if (count > MaxPeriods)
        {
            string periods = string.Create(CultureInfo.InvariantCulture, $"{count} periods of {period} seconds, but at most {MaxPeriods}");
            throw new CommandException($"'{file.Name}' spans {periods} are allowed; --period sets a longer period");
        }

        DateTimeOffset origin = DateTimeOffset.FromUnixTimeSeconds(start);
        file.CheckPeriods(origin.UtcDateTime, TimeSpan.FromSeconds(period));
        double[] values = new double[count];
        Array.Fill(values, double.NaN);
        foreach (StoredRow row in file.Rows)
        {
            values[(SecondsOf(row) - start) / period] = row.Value;
        }

        return new MetricSeries(origin, TimeSpan.FromSeconds(period), values) { Label = id };
    }

    private static long SecondsOf(StoredRow row) => new DateTimeOffset(row.Time).ToUnixTimeSeconds();
}
