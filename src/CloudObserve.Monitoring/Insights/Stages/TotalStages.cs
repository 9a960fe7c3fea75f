using CloudObserve.Monitoring.Insights.Language;
using CloudObserve.Monitoring.Insights.Values;

namespace CloudObserve.Monitoring.Insights.Stages;

/// <summary>Creates the steps that add rows, totals and sessions, or remove outliers.</summary>
internal static class TotalStages
{
    /// <summary>The most rows that are added for empty bins.</summary>
    internal const int MaxFilledRows = 100_000;

    /// <summary>Adds a row for each period without one, between the first and the last, for each combination of the other keys.</summary>
    internal static ListStage FillMissing(
        int bin, QueryPeriod period, IReadOnlyList<int> keys, IReadOnlyList<(int Slot, LogValue Value)> values) =>
            (rows, cancellationToken) =>
    {
        List<LogRow> dated = rows.FindAll(row => row.Values[bin].Kind == LogValueKind.Time);
        if (dated.Count == 0)
        {
            return rows;
        }

        double last = dated.Max(row => row.Values[bin].Number);
        Dictionary<(double, string), LogRow> known = dated.ToDictionary(row => (row.Values[bin].Number, KeyOf(row, keys)));
        LogRow[] combinations = [.. dated.DistinctBy(row => KeyOf(row, keys))];
        List<LogRow> filled = [];
        for (double start = dated.Min(row => row.Values[bin].Number); start <= last; start = period.Next(start))
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (LogRow combination in combinations)
            {
                filled.Add(known.GetValueOrDefault((start, KeyOf(combination, keys))) ?? Empty(combination, start));
            }

            if (filled.Count > rows.Count + MaxFilledRows)
            {
                throw new CloudObserve.Insights.InsightsQueryException(
                    $"fillmissing would add more than {MaxFilledRows} rows: use a longer period or a shorter time range");
            }
        }

        filled.AddRange(rows.Where(row => row.Values[bin].Kind != LogValueKind.Time));
        return filled;

        LogRow Empty(LogRow combination, double start)
        {
            LogRow row = new(combination.Values.Length);
            row.Values[bin] = LogValue.FromTime(start);
            foreach (int key in keys)
            {
                row.Values[key] = combination.Values[key];
            }

            foreach ((int slot, LogValue value) in values)
            {
                row.Values[slot] = value;
            }

            return row;
        }
    };

    /// <summary>Adds the sum of the columns to each row, and a last row with the sum of each column.</summary>
    /// <param name="fields">Gets the columns that are added up.</param>
    /// <param name="row">Where the sum of a row goes; <see langword="null"/> for none.</param>
    /// <param name="hasColumn">Whether there is a last row.</param>
    /// <param name="label">Where the label of the last row goes, and the label.</param>
    internal static ListStage AddTotals(Func<IReadOnlyList<int>> fields, int? row, bool hasColumn, (int Slot, string Text)? label) =>
        (rows, _) =>
    {
        int[] summed = [.. fields().Where(slot => slot != row)];
        foreach (LogRow each in row is null ? [] : rows)
        {
            each.Values[row!.Value] = Sum(summed.Select(slot => each.Values[slot]));
        }

        if (hasColumn && rows.Count > 0)
        {
            LogRow last = new(rows[0].Values.Length) { Sequence = rows.Count };
            foreach (int slot in row is { } total ? summed.Append(total) : summed)
            {
                last.Values[slot] = Sum(rows.Select(each => each.Values[slot]));
            }

            if (label is { } text)
            {
                last.Values[text.Slot] = LogValue.From(text.Text);
            }

            rows.Add(last);
        }

        return rows;
    };

    /// <summary>Removes numbers that are far from the others, or puts the farthest allowed number in their place.</summary>
    /// <remarks>A number may be the factor times the distance between the quartiles below the first or above the third one.</remarks>
    internal static ListStage Outlier(IReadOnlyList<RowFunction> fields, double factor, IReadOnlyList<int>? clamped) => (rows, _) =>
    {
        for (int i = 0; i < fields.Count; i++)
        {
            RowFunction field = fields[i];
            double[] numbers = [.. rows.Select(row => field(row)).Where(static v => v.TryGetNumber(out double _))
                .Select(static v => v.AsNumber().Number).Order()];
            if (numbers.Length == 0)
            {
                continue;
            }

            (double first, double third) = (Quartile(numbers, 0.25), Quartile(numbers, 0.75));
            (double least, double most) = (first - (factor * (third - first)), third + (factor * (third - first)));
            if (clamped is null)
            {
                rows = rows.FindAll(row => !field(row).TryGetNumber(out double number) || (number >= least && number <= most));
                continue;
            }

            foreach (LogRow row in rows)
            {
                LogValue value = field(row);
                row.Values[clamped[i]] = value.TryGetNumber(out double number) ? LogValue.From(Math.Clamp(number, least, most)) : value;
            }
        }

        return rows;
    };

    /// <summary>Numbers sessions: the events of the same keys, each at most a span later than the one before it.</summary>
    internal static ListStage Sessionize(IReadOnlyList<RowFunction> keys, double span, int slot) => (rows, _) =>
    {
        Dictionary<string, (long Time, int Session)> open = new(StringComparer.Ordinal);
        int sessions = 0;
        foreach (LogRow row in rows.Where(static row => row.Timestamp != LogRow.NoTimestamp)
            .OrderBy(static row => (row.Timestamp, row.Sequence)))
        {
            string?[] values = [.. keys.Select(key => key(row).ToText())];
            if (values.Contains(null))
            {
                continue;
            }

            string key = string.Concat(values.Select(static value => $"{value!.Length}:{value}"));
            bool isSame = open.TryGetValue(key, out (long Time, int Session) known) && row.Timestamp - known.Time <= span;
            int session = isSame ? known.Session : ++sessions;
            open[key] = (row.Timestamp, session);
            row.Values[slot] = LogValue.From((double)session);
        }

        return rows;
    };

    private static string KeyOf(LogRow row, IReadOnlyList<int> keys) =>
        string.Concat(keys.Select(key => row.Values[key].ToText() is { } text ? $"{text.Length}:{text}" : "-"));

    private static LogValue Sum(IEnumerable<LogValue> values)
    {
        double? sum = null;
        foreach (LogValue value in values)
        {
            if (value.Kind != LogValueKind.Time && value.TryGetNumber(out double number))
            {
                sum = (sum ?? 0) + number;
            }
        }

        return sum is { } total ? LogValue.From(total) : LogValue.Missing;
    }

    private static double Quartile(double[] sorted, double share)
    {
        double position = share * (sorted.Length - 1);
        int below = (int)position;
        double above = sorted[Math.Min(below + 1, sorted.Length - 1)];
        return sorted[below] + ((position - below) * (above - sorted[below]));
    }
}
