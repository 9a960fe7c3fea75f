using System.Text;
using CloudObserve.Delivery;
using CloudObserve.Diagnostics;

namespace CloudObserve.Pipeline.Batches;

/// <summary>Records the outcome of a batch in the ledger and reports it.</summary>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class DeliveryBooks(LossLedger ledger, IDiagnosticEvents events)
{
    /// <summary>The maximum number of characters of an item that are shown in a message.</summary>
    internal const int ItemExcerptLength = 200;

    /// <summary>Records a batch as delivered, except for the items that the service dropped.</summary>
    internal void Deliver(Batch batch, SendResult result, TimeSpan latency)
    {
        // Computed before anything is recorded: the runs are the sink's own collection, and reading it may throw.
        List<Dropped> dropped = result.Rejected.Count == 0 ? [] : AddUp(batch, result.Rejected);
        long delivered = batch.Weight - dropped.Sum(d => d.Weight);
        string why = result.Message.Length == 0 ? "the service accepted the batch but dropped some of its items" : result.Message;
        dropped.ForEach(d => Lose(batch, d, why));
        ledger.Deliver(delivered);
        events.BatchDelivered(
            new DeliveredBatch(ledger.Signal, batch.Operation, batch.Destination, delivered, batch.Body.Length, latency));
    }

    /// <summary>Gets the signal's name.</summary>
    internal string Signal => ledger.Signal;

    /// <summary>Records the whole batch as lost.</summary>
    internal void Lose(Batch batch, LossReason reason, string detail, string? item = null) =>
        ledger.Lose(reason, batch.Weight, $"{batch.Operation} to {batch.Destination}: {detail}", item);

    /// <summary>Records a loss of which only the weight is known.</summary>
    internal void Lose(long weight, LossReason reason, string detail) => ledger.Lose(reason, weight, detail);

    /// <summary>Records data as accepted that an earlier process had accepted and spooled.</summary>
    internal void TakeOver(long weight) => ledger.Accept(weight);

    /// <summary>Returns the beginning of an item, for messages.</summary>
    internal static string Excerpt(Batch batch, int index)
    {
        ReadOnlySpan<byte> item = batch.Item(index).Span;

        // UTF-8 takes at most four bytes per character, so a character that is cut at the end lies outside the excerpt.
        string text = Encoding.UTF8.GetString(item[..Math.Min(item.Length, ItemExcerptLength * 4)]);
        if (text.Length <= ItemExcerptLength)
        {
            return text;
        }

        int length = char.IsHighSurrogate(text[ItemExcerptLength - 1]) ? ItemExcerptLength - 1 : ItemExcerptLength;
        return text[..length] + "…";
    }

    private static List<Dropped> AddUp(Batch batch, IReadOnlyList<RejectedItems> rejected)
    {
        // The runs of a sink may overlap or exceed the batch. The ledger must balance all the same.
        bool[] gone = new bool[batch.ItemCount];
        List<Dropped> all = [];
        foreach (RejectedItems run in rejected)
        {
            long weight = 0;
            int first = -1;
            long end = Math.Min(batch.ItemCount, (long)run.Start + run.Count);
            for (int i = Math.Max(0, run.Start); i < end; i++)
            {
                if (!gone[i])
                {
                    gone[i] = true;
                    first = first < 0 ? i : first;
                    weight += batch.WeightOf(i, 1);
                }
            }

            if (first >= 0)
            {
                all.Add(new Dropped(run.Reason, weight, first));
            }
        }

        return all;
    }

    private void Lose(Batch batch, Dropped dropped, string why) => ledger.Lose(
        dropped.Reason, dropped.Weight, $"{batch.Operation} to {batch.Destination}: {why}", Excerpt(batch, dropped.First));

    private readonly record struct Dropped(LossReason Reason, long Weight, int First);
}
