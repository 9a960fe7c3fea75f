using CloudObserve.Monitoring.Insights.Values;

namespace CloudObserve.Monitoring.Insights.Stages;

/// <summary>Creates the steps of queries that take all rows together.</summary>
internal static class ListStages
{
    /// <summary>Takes the rows one by one through a step that needs no other row.</summary>
    internal static ListStage EachRow(RowStage stage, QueryMemory memory) => (rows, cancellationToken) =>
    {
        Collecting collected = new(memory, rows.Count);
        stage.Next = collected;
        foreach (LogRow row in rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            collected.Source = row;
            stage.Push(row);
        }

        return collected.Rows;
    };

    internal static ListStage Sort(IReadOnlyList<(int Slot, bool IsDescending)> keys) => (rows, cancellationToken) =>
    {
        // Rows with equal keys stay in their order.
        RowOrder order = new(keys, RowOrder.InSequence, cancellationToken);
        for (int i = 0; i < rows.Count; i++)
        {
            rows[i].Sequence = i;
        }

        order.Sort(rows);
        return rows;
    };

    internal static ListStage Limit(int count) => (rows, _) => rows.Count <= count ? rows : rows[..count];

    /// <summary>Keeps the first row of each combination of keys, and all rows that lack one of them.</summary>
    internal static ListStage Dedup(int[] slots) => (rows, _) =>
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        return rows.FindAll(row =>
        {
            string?[] keys = [.. slots.Select(slot => row.Values[slot].IsStructure ? null : row.Values[slot].ToText())];
            return keys.Contains(null) || seen.Add(string.Concat(keys.Select(static key => $"{key!.Length}:{key}")));
        });
    };

    internal static ListStage Group(GroupLayout layout, QueryMemory memory) => (rows, cancellationToken) =>
    {
        GroupTable groups = new(layout, memory);
        for (int i = 0; i < rows.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            rows[i].Sequence = i;
            groups.Add(rows[i]);
        }

        return groups.Rows(cancellationToken);
    };

    /// <summary>Puts the last value of a column where a row has none.</summary>
    internal static ListStage FillDown(Func<IReadOnlyList<int>> slots) => (rows, _) =>
    {
        foreach (int slot in slots())
        {
            LogValue last = LogValue.Missing;
            foreach (LogRow row in rows)
            {
                last = row.Values[slot].IsMissing ? last : row.Values[slot];
                row.Values[slot] = last;
            }
        }

        return rows;
    };

    /// <summary>Computes the sum of a column up to each row. Rows without a number have no sum.</summary>
    internal static ListStage Accumulate(RowFunction field, int slot) => (rows, _) =>
    {
        double sum = 0;
        foreach (LogRow row in rows)
        {
            bool isNumber = field(row).TryGetNumber(out double number);
            sum += isNumber ? number : 0;
            row.Values[slot] = isNumber ? LogValue.From(sum) : LogValue.Missing;
        }

        return rows;
    };

    /// <summary>Puts the value of an earlier row into each row.</summary>
    internal static ListStage AutoRegress(RowFunction field, int first, int from, int to) => (rows, _) =>
    {
        LogValue[] values = [.. rows.Select(row => field(row))];
        for (int i = 0; i < rows.Count; i++)
        {
            for (int lag = from; lag <= to; lag++)
            {
                rows[i].Values[first + lag - from] = i >= lag ? values[i - lag] : LogValue.Missing;
            }
        }

        return rows;
    };

    private sealed class Collecting(QueryMemory memory, int capacity) : RowStage
    {
        internal List<LogRow> Rows { get; } = new(capacity);

        /// <summary>Gets or sets the row that is pushed through the step.</summary>
        internal LogRow? Source { get; set; }

        // A step may pass a row several times, each time with other values. The first copy takes the place of the row.
        internal override void Push(LogRow row)
        {
            LogRow kept = row.Keep();
            if (Source is null)
            {
                memory.Reserve(kept.Bytes, "rows");
            }

            Rows.Add(kept);
            Source = null;
        }
    }
}
