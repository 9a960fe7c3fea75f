using CloudObserve.Pipeline.Delivery;

namespace CloudObserve.Pipeline.Spooling;

/// <summary>Decides for shipments when they go to disk, and what becomes of their files.</summary>
/// <param name="gate">Learns that nobody has to wait for what lies on disk.</param>
/// <param name="spool">The files; <see langword="null"/> when there is no spool.</param>
/// <param name="time">The clock.</param>
/// <threadsafety>Safe for concurrent use; what it does to a shipment it does on that shipment's own flow.</threadsafety>
internal sealed class SpoolKeeper(DeliveryGate gate, BatchSpool? spool, TimeProvider time)
{
    /// <summary>An attempt failed in a way that may pass: what has waited too long in memory alone is written to disk.</summary>
    /// <remarks>The shipment itself goes on knocking, with its file behind it. What is queued behind it need not be in memory meanwhile.</remarks>
    internal void AttemptFailed(Shipment shipment)
    {
        if (spool is null)
        {
            return;
        }

        gate.SpillAged(shipment, spool.SpillAfter);
        bool aged = time.GetUtcNow() - shipment.Header.CreatedAt >= spool.SpillAfter;
        if (!aged || shipment.IsSplit || shipment.Entry is not null || !shipment.TryBeginSpill())
        {
            return;
        }

        shipment.Entry = spool.TryStore(shipment.Current!.Batch, held: true, out _);
        if (shipment.Entry is null)
        {
            // It stays in memory, and the next failure tries again.
            shipment.EndSpill();
        }
        else
        {
            gate.SettleTicket(shipment);
        }
    }

    /// <summary>Keeps a part that memory has to let go of.</summary>
    /// <param name="shipment">The shipment it belongs to.</param>
    /// <param name="batch">The part.</param>
    /// <param name="problem">Why it could not be kept, or nothing.</param>
    internal bool TryKeep(Shipment shipment, Batch batch, out string problem)
    {
        problem = "";
        if (spool is null)
        {
            return false;
        }

        if (shipment is { Entry: { } entry, IsSplit: false })
        {
            shipment.Entry = null;
            spool.Return(entry);
            return true;
        }

        return spool.TryStore(batch, held: false, out problem) is not null;
    }

    /// <summary>The shipment's fate is booked: its file, if it still has one, has done its duty.</summary>
    internal void End(Shipment shipment)
    {
        if (shipment.Entry is { } entry)
        {
            shipment.Entry = null;
            spool!.Delete(entry);
        }
    }
}
