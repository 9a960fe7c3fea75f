using System.Runtime.CompilerServices;

namespace CloudObserve.Metrics.Aggregation;

/// <summary>The live side of one series: its cells, and where its samples are rolled up to.</summary>
/// <remarks>
/// A series begins with one cell. A writer that finds every cell held adds cells, so no writer ever waits for another: at any moment at most as
/// many cells are held as threads are inside, hence the array grows to at most twice the number of threads that ever met in this series.
/// </remarks>
/// <threadsafety><see cref="TryPut"/> is safe for concurrent use; members named CollectorOnly belong to the collector, which runs one at a time.</threadsafety>
internal sealed class SeriesState
{
    // What a closed series shows to writers. Because it takes the place of the cells, a writer that is about to add cells fails to.
    private static readonly Cell[] NoCells = [Cell.CreateSealed()];

    // The first cell of every array of cells, also of those to come.
    private readonly Cell _first;

    // Replaced as a whole, never changed in place; its length is a power of two.
    private Cell[] _cells;

    // The cells of a closed series: no longer written to, still counted.
    private Cell[]? _closed;

    internal SeriesState(SeriesIdentity identity)
    {
        Identity = identity;
        _first = new Cell();
        _cells = [_first];
    }

    internal SeriesIdentity Identity { get; }

    /// <summary>Gets or sets a value indicating whether this series takes what is over the cardinality budget. Set before it is shared, and never taken back.</summary>
    internal bool IsOverflow { get; set; }

    /// <summary>Gets a value indicating whether the series takes no sample any more.</summary>
    internal bool IsClosed => Volatile.Read(ref _cells) == NoCells;

    /// <summary>Gets the ways callers name this series. Guarded by the registry's lock.</summary>
    internal List<SeriesKey> Keys { get; } = [];

    /// <summary>Gets or sets the series that this one's samples are also counted under.</summary>
    internal SeriesState[] RollUps { get; set; } = [];

    /// <summary>Gets the samples rolled up from other series since the last collection. Used only by the collector.</summary>
    internal ValueTable? RolledUp { get; private set; }

    /// <summary>Gets or sets when the collector last found a sample here, in passed time. Used only by the collector.</summary>
    internal TimeSpan LastActive { get; set; }

    /// <summary>Gets the number of samples the cells ever took.</summary>
    internal long Total
    {
        get
        {
            Cell[] cells = Volatile.Read(ref _cells);
            long total = 0;
            foreach (Cell cell in cells == NoCells ? _closed! : cells)
            {
                total += cell.Total;
            }

            return total;
        }
    }

    /// <summary>Adds a sample. Takes no lock, never waits, and allocates nothing unless more threads than ever before meet in this series.</summary>
    /// <returns><see langword="false"/> when the series has been released or closed; look it up again.</returns>
    internal bool TryPut(double value)
    {
        Cell[] cells = Volatile.Read(ref _cells);

        // By processor, so that threads which run at the same moment begin at different cells. Thread ids would let those of one parity fight for one cell.
        // A cell that is alone is reached with one look less; should the series have been closed, that cell is sealed too, or takes a sample that is
        // drained when it is.
        int first = cells.Length == 1 ? 0 : Thread.GetCurrentProcessorId() & (cells.Length - 1);
        Cell cell = cells.Length == 1 ? _first : cells[first];
        return cell.TryAdd(value) || TryPutElsewhere(cells, first, value);
    }

    /// <summary>Drains every cell into a visitor. A table is cleared once the visitor returns.</summary>
    internal void Drain_CollectorOnly(Action<ValueTable> visit)
    {
        foreach (Cell cell in Volatile.Read(ref _cells))
        {
            Visit(cell.Drain_CollectorOnly(), visit);
        }
    }

    /// <summary>Closes the series to writers and drains what is left. Whoever comes later is told to look the series up again.</summary>
    internal void Close_CollectorOnly(Action<ValueTable> visit)
    {
        Cell[] cells;
        do
        {
            // Set first, so that whoever sees the series closed also sees the cells to count.
            cells = Volatile.Read(ref _cells);
            _closed = cells == NoCells ? _closed : cells;
        }
        while (Interlocked.CompareExchange(ref _cells, NoCells, cells) != cells);

        // A writer that read the array before may still be inside one of its cells, or enter one: until the cell is sealed, its sample is drained here.
        foreach (Cell cell in cells)
        {
            Visit(cell.Seal_CollectorOnly(), visit);
        }
    }

    internal void RollUp_CollectorOnly(ValueTable table) => (RolledUp ??= new ValueTable()).Merge(table);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryPutElsewhere(Cell[] cells, int first, double value)
    {
        while (true)
        {
            bool open = false;
            for (int i = 0; i < cells.Length; i++)
            {
                Cell cell = cells[(first + i) & (cells.Length - 1)];
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

    private Cell[] Grow(Cell[] cells)
    {
        Cell[] larger = new Cell[cells.Length * 2];
        cells.CopyTo(larger, 0);
        for (int i = cells.Length; i < larger.Length; i++)
        {
            larger[i] = new Cell();
        }

        // Whoever loses the race uses the winner's array: cells it made itself were never visible to anyone.
        Cell[] found = Interlocked.CompareExchange(ref _cells, larger, cells);
        return found == cells ? larger : found;
    }
}
