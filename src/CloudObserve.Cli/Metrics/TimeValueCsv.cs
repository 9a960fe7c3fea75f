using System.Globalization;
using System.Runtime.CompilerServices;
using CloudObserve.Cli.Filters;

namespace CloudObserve.Cli.Metrics;

/// <summary>Reads CSV files with the columns <c>timestamp,value</c>, plain or gzip.</summary>
/// <remarks>
/// A header is optional. If there is one, it may name further columns, which are ignored. Blank lines are ignored, and a field may stand in
/// double quotes. The rows come in the order of the file, as a stream, so memory use does not depend on the size of the file.
/// </remarks>
internal sealed class TimeValueCsv
{
    /// <summary>The largest number of characters in a line.</summary>
    internal const int MaxLineLength = 4096;

    private const string TimestampColumn = "timestamp";
    private const string ValueColumn = "value";

    private static readonly string[] TimeFormats =
    [
        "yyyy-MM-dd'T'HH:mm:ssK",
        "yyyy-MM-dd HH:mm:ssK",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
        "yyyy-MM-dd HH:mm:ss.FFFFFFFK",
        "yyyy-MM-dd'T'HH:mmK",
        "yyyy-MM-dd HH:mmK",
        "yyyy-MM-dd",
    ];

    private static readonly double MaxEpochSeconds = (DateTimeOffset.MaxValue - DateTimeOffset.UnixEpoch).TotalSeconds - 1;

    private readonly string _file;
    private long _line;
    private bool _seenRow;
    private int _timestampColumn;
    private int _valueColumn = 1;
    private int _columns = 2;

    private TimeValueCsv(string file) => _file = file;

    /// <summary>Reads the rows of a file.</summary>
    /// <exception cref="CommandException">The file cannot be opened, its gzip data is damaged, or a row is invalid.</exception>
    internal static async IAsyncEnumerable<TimeValueRow> ReadAsync(
        string file, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Stream stream = Open(file);
        await using (stream.ConfigureAwait(false))
        {
            await foreach (TimeValueRow row in ReadAsync(stream, file, cancellationToken).ConfigureAwait(false))
            {
                yield return row;
            }
        }
    }

    /// <summary>Reads the rows of a stream.</summary>
    /// <param name="stream">The stream, which remains open.</param>
    /// <param name="file">The name of the file for messages.</param>
    /// <param name="cancellationToken">The token that ends the reading.</param>
    /// <exception cref="CommandException">The gzip data is damaged, or a row is invalid.</exception>
    internal static async IAsyncEnumerable<TimeValueRow> ReadAsync(
        Stream stream, string file, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        TimeValueCsv csv = new(file);
        using BoundedLines lines = new(stream, MaxLineLength);
        while (await csv.NextLineAsync(lines, cancellationToken).ConfigureAwait(false) is { } line)
        {
            if (csv.Parse(line) is { } row)
            {
                yield return row;
            }
        }
    }

    private static Stream Open(string file)
    {
        InputFile.Check(file);
        try
        {
            return LogFile.Open(file);
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new CommandException(exception.Message);
        }
    }

    private async ValueTask<string?> NextLineAsync(BoundedLines lines, CancellationToken cancellationToken)
    {
        _line++;
        try
        {
            string? line = await lines.ReadAsync(cancellationToken).ConfigureAwait(false);
            return lines.IsTooLong ? throw Invalid($"the line is longer than {MaxLineLength} characters") : line;
        }
        catch (InvalidDataException)
        {
            throw new CommandException($"'{_file}' is damaged: its gzip data is not valid to the end.");
        }
    }

    private TimeValueRow? Parse(string line)
    {
        if (string.IsNullOrWhiteSpace(line))
        {
            return null;
        }

        string[] fields = line.Split(',');
        for (int i = 0; i < fields.Length; i++)
        {
            fields[i] = Unquoted(fields[i]);
        }

        bool isFirst = !_seenRow;
        _seenRow = true;
        return isFirst && IsHeader(fields) ? null : Row(fields);
    }

    // The first line is a header if no field of it is a time or a number. A damaged first row still has the other field.
    private bool IsHeader(string[] fields)
    {
        if (fields.Any(static field => field.Length == 0 || TryParseTime(field, out _) || TryParseValue(field, out _)))
        {
            return false;
        }

        int timestamp = Array.FindIndex(fields, static field => field.Equals(TimestampColumn, StringComparison.OrdinalIgnoreCase));
        int value = Array.FindIndex(fields, static field => field.Equals(ValueColumn, StringComparison.OrdinalIgnoreCase));
        if ((timestamp < 0 || value < 0) && fields.Length != 2)
        {
            throw Invalid($"the header must name the columns '{TimestampColumn}' and '{ValueColumn}'");
        }

        // Of two columns, one name is enough; without both names, the first is the timestamp.
        _timestampColumn = timestamp >= 0 ? timestamp : value == 0 ? 1 : 0;
        _valueColumn = value >= 0 ? value : 1 - _timestampColumn;
        _columns = fields.Length;
        return true;
    }

    private TimeValueRow Row(string[] fields)
    {
        if (fields.Length != _columns)
        {
            throw Invalid(
                $"the row has {fields.Length} fields, but it must have {_columns}: "
                    + $"'{TimestampColumn},{ValueColumn}' or those of the header");
        }

        string timestamp = fields[_timestampColumn];
        if (!TryParseTime(timestamp, out DateTimeOffset time))
        {
            throw Invalid($"the timestamp '{timestamp}' must be ISO 8601 such as 2026-03-01T10:00:00Z, or seconds since 1970-01-01 UTC");
        }

        string value = fields[_valueColumn];
        return TryParseValue(value, out double number)
            ? new TimeValueRow(timestamp, time, number, _line)
            : throw Invalid($"the value '{value}' must be a finite number such as 12.5; a gap is a missing row");
    }

    private static string Unquoted(string field)
    {
        string trimmed = field.Trim();
        return trimmed.Length >= 2 && trimmed[0] == '"' && trimmed[^1] == '"' ? trimmed[1..^1].Trim() : trimmed;
    }

    private static bool TryParseTime(string text, out DateTimeOffset time)
    {
        if (TryParseValue(text, out double seconds))
        {
            time = default;
            bool isInRange = seconds >= 0 && seconds <= MaxEpochSeconds;
            if (isInRange)
            {
                time = DateTimeOffset.UnixEpoch.AddTicks((long)Math.Round(seconds * TimeSpan.TicksPerSecond));
            }

            return isInRange;
        }

        return DateTimeOffset.TryParseExact(
            text, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);
    }

    private static bool TryParseValue(string text, out double value) =>
        // .NET skips NUL characters behind a number.
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value)
        && !text.Contains('\0');

    private CommandException Invalid(string fault) => new(string.Create(CultureInfo.InvariantCulture, $"'{_file}' line {_line}: {fault}"));
}
