using System.Collections;
using System.Globalization;
using CloudObserve.Monitoring;

namespace CloudObserve.Cli.Metrics;

/// <summary>Holds the rows of a CSV file of times and values, in the order of their times.</summary>
internal sealed class TimeValueFile : IReadOnlyCollection<AlarmDatapoint>
{
    /// <summary>The largest number of rows: a minute of each of 19 years.</summary>
    internal const int MaxRows = 10_000_000;

    private readonly List<StoredRow> _rows;

    private TimeValueFile(string name, List<StoredRow> rows)
    {
        Name = name;
        _rows = rows;
    }

    /// <summary>Gets the name of the file.</summary>
    internal string Name { get; }

    /// <summary>Gets the rows. A file may have none, if its metric had no data.</summary>
    internal IReadOnlyList<StoredRow> Rows => _rows;

    public int Count => _rows.Count;

    /// <summary>Reads a file.</summary>
    /// <exception cref="CommandException">The file cannot be read, a row is invalid, or there are too many.</exception>
    internal static async Task<TimeValueFile> ReadAsync(string name, CancellationToken cancellationToken)
    {
        List<StoredRow> rows = [];
        bool isSorted = true;
        await foreach (TimeValueRow row in TimeValueCsv.ReadAsync(name, cancellationToken).ConfigureAwait(false))
        {
            if (rows.Count == MaxRows)
            {
                throw new CommandException(string.Create(CultureInfo.InvariantCulture, $"'{name}' has more than {MaxRows} rows"));
            }

            isSorted &= rows.Count == 0 || rows[^1].Time <= row.Time.UtcDateTime;
            rows.Add(new StoredRow(row.Time.UtcDateTime, row.Value, row.Line));
        }

        if (!isSorted)
        {
            rows.Sort(static (left, right) =>
                left.Time.CompareTo(right.Time) is not 0 and int order ? order : left.Line.CompareTo(right.Line));
        }

        return new TimeValueFile(name, rows);
    }

    /// <summary>Ends the command if no file has a row, because there is nothing to compute from.</summary>
    /// <exception cref="CommandException">No file has a row.</exception>
    internal static void CheckRows(IEnumerable<TimeValueFile> files)
    {
        string[] names = [.. files.Select(static file => file.Name)];
        if (names.Length > 0 && files.All(static file => file.Count == 0))
        {
            throw NoRows(names);
        }
    }

    internal static CommandException NoRows(params IEnumerable<string> names) =>
        new($"{string.Join(" and ", names.Select(static name => $"'{name}'"))} {(names.Skip(1).Any() ? "have" : "has")} no rows");

    /// <summary>Ends the command if a period has two rows.</summary>
    /// <param name="origin">The start of a period.</param>
    /// <param name="period">The length of a period.</param>
    /// <exception cref="CommandException">A period has two rows.</exception>
    internal void CheckPeriods(DateTime origin, TimeSpan period)
    {
        for (int i = 1; i < _rows.Count; i++)
        {
            if (PeriodOf(_rows[i - 1]) == PeriodOf(_rows[i]))
            {
                (StoredRow first, StoredRow second) =
                    _rows[i - 1].Line < _rows[i].Line ? (_rows[i - 1], _rows[i]) : (_rows[i], _rows[i - 1]);
                throw new CommandException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"'{Name}' line {second.Line}: the timestamp {second.Time:yyyy-MM-dd'T'HH:mm:ss'Z'} is in the same period of ")
                    + string.Create(
                        CultureInfo.InvariantCulture, $"{period.TotalSeconds} seconds as line {first.Line}; a period has one row"));
            }
        }

        // Rounds down, also before the origin.
        long PeriodOf(StoredRow row) => (long)Math.Floor((row.Time - origin).Ticks / (decimal)period.Ticks);
    }

    /// <summary>Gets the rows as the datapoints of an alarm.</summary>
    public IEnumerator<AlarmDatapoint> GetEnumerator()
    {
        foreach (StoredRow row in _rows)
        {
            yield return new AlarmDatapoint(new DateTimeOffset(row.Time), row.Value);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
