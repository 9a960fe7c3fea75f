namespace CloudObserve.Metrics.Aggregation;

/// <summary>One stripe of a series: a table that one thread at a time takes, changes and gives back.</summary>
/// <remarks>
/// <para>A writer takes the cell with one compare-exchange and gives it back with a release store, so a sample costs one interlocked
/// operation and is in the table as a whole or not at all: count, sum and bucket can never fall into different periods. A writer that
/// finds the cell taken does not wait; it goes to another cell (<see cref="SeriesState"/>).</para>
/// <para>The collector drains by exchange: it takes the cell, swaps the table for the empty one it keeps beside it, and gives the cell back at once.
/// What it swapped out then belongs to it alone.</para>
/// <para>What writers contend for is padded to two cache lines, so that no two cells that threads write at once share one.</para>
/// </remarks>
internal sealed class Cell
{
    private const int Free = 0;
    private const int Held = 1;

    // A sealed cell takes no more samples for ever: its series was released, or the publisher is closed.
    private const int Sealed = 2;

    // Used only by who holds the cell.
    private ValueTable _table = new();

    // Used only by the collector.
    private ValueTable? _spare;

    private CellState _hot;

    /// <summary>Gets how many samples the cell ever took: what the ledger counts as accepted.</summary>
    internal long Total => Volatile.Read(ref _hot.Total);

    /// <summary>Gets a value indicating whether the cell takes no more samples.</summary>
    internal bool IsSealed => Volatile.Read(ref _hot.Hold) == Sealed;

    /// <summary>Makes a cell that never takes a sample.</summary>
    internal static Cell CreateSealed() => new() { _hot = { Hold = Sealed } };

    /// <summary>Adds a sample unless another thread holds the cell or it is sealed.</summary>
    internal bool TryAdd(double value)
    {
        // Acquire: the previous holder's changes to the table are visible from here on.
        if (Interlocked.CompareExchange(ref _hot.Hold, Held, Free) != Free)
        {
            return false;
        }

        _table.Add(value);
        _hot.Total++;

        // Release: the changes above are visible to whoever takes the cell next. A plain store suffices, since only the holder leaves Held.
        Volatile.Write(ref _hot.Hold, Free);
        return true;
    }

    /// <summary>Swaps the table for an empty one. Only the collector calls it.</summary>
    /// <returns>The samples since the last drain, or <see langword="null"/> when there are none. Clear it before the next drain.</returns>
    internal ValueTable? Drain_CollectorOnly()
    {
        if (!TakeUnlessSealed())
        {
            return null;
        }

        ValueTable? drained = null;
        if (!_table.IsEmpty)
        {
            drained = _table;
            _table = _spare ?? new ValueTable();
            _spare = drained;
        }

        Volatile.Write(ref _hot.Hold, Free);
        return drained;
    }

    /// <summary>Closes the cell to writers and hands over what it holds. Only the collector calls it, when the series is released or the publisher closes.</summary>
    internal ValueTable? Seal_CollectorOnly()
    {
        if (!TakeUnlessSealed())
        {
            return null;
        }

        ValueTable? last = _table.IsEmpty ? null : _table;
        Volatile.Write(ref _hot.Hold, Sealed);
        return last;
    }

    /// <summary>
    /// Waits until the writer inside, if there is one, has left. The wait is as long as one <see cref="ValueTable.Add"/>, or until the
    /// system runs that thread again; it is the collector that waits, never a writer.
    /// </summary>
    private bool TakeUnlessSealed()
    {
        SpinWait spin = default;
        while (true)
        {
            int found = Interlocked.CompareExchange(ref _hot.Hold, Held, Free);
            if (found == Free)
            {
                return true;
            }

            if (found == Sealed)
            {
                return false;
            }

            spin.SpinOnce();
        }
    }
}
