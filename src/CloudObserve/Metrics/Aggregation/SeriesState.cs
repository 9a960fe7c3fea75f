using System.Runtime.CompilerServices;

namespace CloudObserve.Metrics.Aggregation;

/// <summary>The live state of one series: its stripes and its roll-up targets.</summary>
/// <remarks>
/// A series begins with one stripe. A writer that finds every stripe held adds stripes, so no writer waits for another. At most as many
/// stripes are held as threads are writing, so the array grows to at most twice the largest number of threads that wrote to this series at
/// once.
/// </remarks>
/// <threadsafety><see cref="TryPut"/> is safe for concurrent use. Members named CollectorOnly must be called by the collector, which runs
/// one collection at a time.</threadsafety>
internal sealed class SeriesState
{
    // The stripes that a closed series shows to writers. The array replaces the open stripes, so the compare-exchange of a writer that adds
    // stripes fails.
    private static readonly Stripe[] NoStripes = [Stripe.CreateSealed()];

    // The first stripe of every array of stripes, including future ones.
    private readonly Stripe _first;

    // Replaced as a whole, never changed in place. The length is a power of two.
    private Stripe[] _stripes;

    // The stripes of a closed series: no longer written, still counted.
    private Stripe[]? _closed;

    internal SeriesState(SeriesIdentity identity)
    {
        Identity = identity;
        _first = new Stripe();
        _stripes = [_first];
    }

    internal SeriesIdentity Identity { get; }

    /// <summary>Gets or sets a value indicating whether this series collects samples over the cardinality budget.</summary>
    /// <remarks>Set before the series is shared and never reset.</remarks>
    internal bool IsOverflow { get; set; }

    /// <summary>Gets a value indicating whether the series no longer accepts samples.</summary>
    internal bool IsClosed => Volatile.Read(ref _stripes) == NoStripes;

    /// <summary>Gets the keys under which callers find this series. Guarded by the registry's lock.</summary>
    internal List<SeriesKey> Keys { get; } = [];

    /// <summary>Gets or sets the series under which the samples of this series are also counted.</summary>
    internal SeriesState[] RollUps { get; set; } = [];

    /// <summary>Gets the samples rolled up from other series since the last collection. Accessed only by the collector.</summary>
    internal ValueTable? RolledUp { get; private set; }

    /// <summary>Gets or sets the monotonic time at which the collector last found a sample here. Accessed only by the collector.</summary>
    internal TimeSpan LastActive { get; set; }

    /// <summary>Gets the number of samples the stripes have ever taken.</summary>
    internal long Total
    {
        get
        {
            Stripe[] stripes = Volatile.Read(ref _stripes);
            long total = 0;
            foreach (Stripe stripe in stripes == NoStripes ? _closed! : stripes)
            {
                total += stripe.Total;
            }

            return total;
        }
    }

    /// <summary>Adds a sample. Takes no lock and never waits.</summary>
    /// <remarks>Allocates only if more threads than ever before write to this series at once.</remarks>
    /// <returns><see langword="false"/> if the series has been released or closed; the caller must look it up again.</returns>
    internal bool TryPut(double value)
    {
        Stripe[] stripes = Volatile.Read(ref _stripes);

        // The processor id selects the first stripe, so that threads running at the same moment begin at different stripes. Thread ids
        // would send all even or all odd threads to the same stripe. A single stripe is read from the field, which saves one array access.
        // If the series was closed meanwhile, that stripe is either sealed, or it takes a sample that is drained when it is sealed.
        int first = stripes.Length == 1 ? 0 : Thread.GetCurrentProcessorId() & (stripes.Length - 1);
        Stripe stripe = stripes.Length == 1 ? _first : stripes[first];
        return stripe.TryAdd(value) || TryPutElsewhere(stripes, first, value);
    }

    /// <summary>Passes the samples of every stripe to a visitor. Each table is cleared after the visitor returns.</summary>
    internal void Drain_CollectorOnly(Action<ValueTable> visit)
    {
        foreach (Stripe stripe in Volatile.Read(ref _stripes))
        {
            Visit(stripe.Drain_CollectorOnly(), visit);
        }
    }

    /// <summary>
    /// Closes the series to writers and drains the remaining samples. Later writers are told to look the series up again.
    /// </summary>
    internal void Close_CollectorOnly(Action<ValueTable> visit)
    {
        Stripe[] stripes;
        do
        {
            // Set before the exchange, so that a thread that sees the series closed also sees the stripes to count.
            stripes = Volatile.Read(ref _stripes);
            _closed = stripes == NoStripes ? _closed : stripes;
        }
        while (Interlocked.CompareExchange(ref _stripes, NoStripes, stripes) != stripes);

        // A writer that read the array earlier may still add a sample to one of its stripes. That sample is drained here, because the
        // stripe is sealed only now.
        foreach (Stripe stripe in stripes)
        {
            Visit(stripe.Seal_CollectorOnly(), visit);
        }
    }

    internal void RollUp_CollectorOnly(ValueTable table) => (RolledUp ??= new ValueTable()).Merge(table);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryPutElsewhere(Stripe[] stripes, int first, double value)
    {
        while (true)
        {
            bool open = false;
            for (int i = 0; i < stripes.Length; i++)
            {
                Stripe stripe = stripes[(first + i) & (stripes.Length - 1)];
                if (stripe.TryAdd(value))
                {
                    return true;
                }

                open |= !stripe.IsSealed;
            }

            if (!open)
            {
                return false;
            }

            stripes = Grow(stripes);
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

    private Stripe[] Grow(Stripe[] stripes)
    {
        Stripe[] larger = new Stripe[stripes.Length * 2];
        stripes.CopyTo(larger, 0);
        for (int i = stripes.Length; i < larger.Length; i++)
        {
            larger[i] = new Stripe();
        }

        // The thread that loses the race uses the winner's array. The stripes it created itself were never visible to another thread.
        Stripe[] found = Interlocked.CompareExchange(ref _stripes, larger, stripes);
        return found == stripes ? larger : found;
    }
}
