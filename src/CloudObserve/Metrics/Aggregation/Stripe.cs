using System.Runtime.InteropServices;

namespace CloudObserve.Metrics.Aggregation;

/// <summary>One stripe of a series: a table that one thread at a time acquires, changes and releases.</summary>
/// <remarks>
/// <para>A writer acquires the stripe with one compare-exchange and releases it with a release store. A sample therefore costs one
/// interlocked operation and is added to the table completely or not at all: count, sum and bucket can never fall into different periods. A
/// writer that finds the stripe held does not wait; it tries another stripe (<see cref="SeriesState"/>).</para>
/// <para>The collector drains by exchange: it acquires the stripe, swaps the table for its empty spare, and releases the stripe at once.
/// From then on the collector alone owns the table it swapped out.</para>
/// <para>The contended fields are padded to two cache lines, so that two stripes written by different threads never share a line.</para>
/// </remarks>
internal sealed class Stripe
{
    private const int Free = 0;
    private const int Held = 1;

    // A sealed stripe never accepts samples again: its series was released, or the publisher is closed.
    private const int Sealed = 2;

    // Accessed only by the thread that holds the stripe.
    private ValueTable _table = new();

    // Accessed only by the collector.
    private ValueTable? _spare;

    private StripeState _hot;

    /// <summary>Gets the number of samples the stripe has ever taken; the ledger counts them as accepted.</summary>
    internal long Total => Volatile.Read(ref _hot.Total);

    /// <summary>Gets a value indicating whether the stripe no longer accepts samples.</summary>
    internal bool IsSealed => Volatile.Read(ref _hot.Hold) == Sealed;

    /// <summary>Creates a stripe that never accepts a sample.</summary>
    internal static Stripe CreateSealed() => new() { _hot = { Hold = Sealed } };

    /// <summary>Adds a sample unless another thread holds the stripe or it is sealed.</summary>
    internal bool TryAdd(double value)
    {
        // Acquire: makes the previous holder's changes to the table visible.
        if (Interlocked.CompareExchange(ref _hot.Hold, Held, Free) != Free)
        {
            return false;
        }

        _table.Add(value);
        _hot.Total++;

        // Release: makes the changes above visible to the next holder. A plain store suffices, because only the holder changes Held to
        // another value.
        Volatile.Write(ref _hot.Hold, Free);
        return true;
    }

    /// <summary>Swaps the table for an empty one. Called only by the collector.</summary>
    /// <returns>The samples since the last drain, or <see langword="null"/> if there are none. The caller must clear the table before the
    /// next drain.</returns>
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

    /// <summary>Closes the stripe to writers and returns the samples it holds.</summary>
    /// <remarks>Called only by the collector, when the series is released or the publisher closes.</remarks>
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

    /// <summary>Acquires the stripe, waiting until a writer that holds it has released it.</summary>
    /// <remarks>
    /// The wait lasts as long as one <see cref="ValueTable.Add"/>, or until the system schedules that writer again. Only the collector
    /// waits, never a writer.
    /// </remarks>
    /// <returns><see langword="false"/> if the stripe is sealed.</returns>
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

    // The fields of a Stripe that several threads access, padded against the adjacent-line prefetcher.
    [StructLayout(LayoutKind.Explicit, Size = 112)]
    private struct StripeState
    {
        /// <summary>The number of samples the stripe has ever taken. Changed only by the holder; read by any thread.</summary>
        [FieldOffset(0)]
        internal long Total;

        /// <summary>The state of the stripe: free, held or sealed.</summary>
        [FieldOffset(8)]
        internal int Hold;

        // Padding: bytes 12-111. Together with the object's header and references, a stripe takes more than two lines of 64 bytes.
    }
}
