using System.Runtime.CompilerServices;

namespace CloudObserve.Metrics.Aggregation;

/// <summary>The live state of one series: its cells and its roll-up targets.</summary>
/// <remarks>
/// A series begins with one cell. A writer that finds every cell held adds cells, so no writer waits for another. At most as many cells are
/// held as threads are writing, so the array grows to at most twice the largest number of threads that wrote to this series at once.
/// </remarks>
/// <threadsafety><see cref="TryPut"/> is safe for concurrent use. Members named CollectorOnly must be called by the collector, which runs
/// one collection at a time.</threadsafety>
internal sealed class SeriesState
{
    // The cells that a closed series shows to writers. The array replaces the open cells, so the compare-exchange of a writer that adds
    // cells fails.
    private static readonly Stripe[] NoCells = [Stripe.CreateSealed()];

    // The first cell of every array of cells, including future ones.
    private readonly Stripe _first;

    // Replaced as a whole, never changed in place. The length is a power of two.
    private Stripe[] _cells;

    // The cells of a closed series: no longer written, still counted.
    private Stripe[]? _closed;

    internal SeriesState(SeriesIdentity identity)
    {
        Identity = identity;
        _first = new Stripe();
        _cells = [_first];
    }

    internal SeriesIdentity Identity { get; }

    /// <summary>Gets or sets a value indicating whether this series collects samples over the cardinality budget.</summary>
    /// <remarks>Set before the series is shared and never reset.</remarks>
    internal bool IsOverflow { get; set; }

    /// <summary>Gets a value indicating whether the series no longer accepts samples.</summary>
    internal bool IsClosed => Volatile.Read(ref _cells) == NoCells;

    /// <summary>Gets the keys under which callers find this series. Guarded by the registry's lock.</summary>
    internal List<SeriesKey> Keys { get; } = [];

    /// <summary>Gets or sets the series under which the samples of this series are also counted.</summary>
    internal SeriesState[] RollUps { get; set; } = [];

    /// <summary>Gets the samples rolled up from other series since the last collection. Accessed only by the collector.</summary>
    internal ValueTable? RolledUp { get; private set; }

    /// <summary>Gets or sets the monotonic time at which the collector last found a sample here. Accessed only by the collector.</summary>
    internal TimeSpan LastActive { get; set; }

    /// <summary>Gets the number of samples the cells have ever taken.</summary>
    internal long Total
    {
        get
        {
            Stripe[] cells = Volatile.Read(ref _cells);
            long total = 0;
            foreach (Stripe cell in cells == NoCells ? _closed! : cells)
            {
                total += cell.Total;
            }

            return total;
        }
    }

    /// <summary>Adds a sample. Takes no lock and never waits.</summary>
    /// <remarks>Allocates only if more threads than ever before write to this series at once.</remarks>
    /// <returns><see langword="false"/> if the series has been released or closed; the caller must look it up again.</returns>
    internal bool TryPut(double value)
    {
        Stripe[] cells = Volatile.Read(ref _cells);

        // The processor id selects the first cell, so that threads running at the same moment begin at different cells. Thread ids would
        // send all even or all odd threads to the same cell. A single cell is read from the field, which saves one array access. If the
        // series was closed meanwhile, that cell is either sealed, or it takes a sample that is drained when it is sealed.
        int first = cells.Length == 1 ? 0 : Thread.GetCurrentProcessorId() & (cells.Length - 1);
        Stripe cell = cells.Length == 1 ? _first : cells[first];
        return cell.TryAdd(value) || TryPutElsewhere(cells, first, value);
    }

    /// <summary>Passes the samples of every cell to a visitor. Each table is cleared after the visitor returns.</summary>
    internal void Drain_CollectorOnly(Action<ValueTable> visit)
    {
        foreach (Stripe cell in Volatile.Read(ref _cells))
        {
            Visit(cell.Drain_CollectorOnly(), visit);
        }
    }

    /// <summary>
    /// Closes the series to writers and drains the remaining samples. Later writers are told to look the series up again.
    /// </summary>
    internal void Close_CollectorOnly(Action<ValueTable> visit)
    {
        Stripe[] cells;
        do
        {
            // Set before the exchange, so that a thread that sees the series closed also sees the cells to count.
            cells = Volatile.Read(ref _cells);
            _closed = cells == NoCells ? _closed : cells;
        }
        while (Interlocked.CompareExchange(ref _cells, NoCells, cells) != cells);

        // A writer that read the array earlier may still add a sample to one of its cells. That sample is drained here, because the cell is
        // sealed only now.
        foreach (Stripe cell in cells)
        {
            Visit(cell.Seal_CollectorOnly(), visit);
        }
    }

    internal void RollUp_CollectorOnly(ValueTable table) => (RolledUp ??= new ValueTable()).Merge(table);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryPutElsewhere(Stripe[] cells, int first, double value)
    {
        while (true)
        {
            bool open = false;
            for (int i = 0; i < cells.Length; i++)
            {
                Stripe cell = cells[(first + i) & (cells.Length - 1)];
                if (cell.TryAdd(value))
                {
                    return true;
                }

                open |= !cell.IsSealed;
            }

            if (!open)
            {
                return false;
            }

            cells = Grow(cells);
        }
    }

    private static void Visit(ValueTable? table, Action<ValueTable> visit)
    {
        if (table is not null)
        {
            visit(table);
            table.Clear();
        }
    }

    private Stripe[] Grow(Stripe[] cells)
    {
        Stripe[] larger = new Stripe[cells.Length * 2];
        cells.CopyTo(larger, 0);
        for (int i = cells.Length; i < larger.Length; i++)
        {
            larger[i] = new Stripe();
        }

        // The thread that loses the race uses the winner's array. The cells it created itself were never visible to another thread.
        Stripe[] found = Interlocked.CompareExchange(ref _cells, larger, cells);
        return found == cells ? larger : found;
    }
}
