using System.Text;
using CloudObserve.Diagnostics;

namespace CloudObserve.Pipeline.Delivery;

/// <summary>Writes a batch's fate into the ledger and says so.</summary>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class DeliveryBooks(LossLedger ledger, IDiagnosticEvents events)
{
    /// <summary>How much of an item is shown so that a person can find it.</summary>
    internal const int ItemExcerptLength = 200;

    /// <summary>The batch arrived, except for what the service says it dropped.</summary>
    internal void Deliver(Batch batch, SendResult result, TimeSpan latency)
    {
        long lost = result.Rejected.Count == 0 ? 0 : LoseRejected(batch, result.Rejected);
        long delivered = batch.Weight - lost;
        ledger.Deliver(delivered);
        events.BatchDelivered(ledger.Signal, batch.Operation, batch.Destination, delivered, batch.Body.Length, latency);
    }

    /// <summary>The whole batch is gone.</summary>
    internal void Lose(Batch batch, LossReason reason, string detail)
    {
        ledger.Lose(reason, batch.Weight);
        events.DataLost(ledger.Signal, reason.ToString(), batch.Weight, $"{batch.Operation} to {batch.Destination}: {detail}");
    }

    /// <summary>The beginning of an item, for people.</summary>
    internal static string Excerpt(Batch batch, int index)
    {
        ReadOnlySpan<byte> item = batch.Item(index).Span;

        // UTF-8 takes at most four bytes a character; a character cut in the middle at the very end is behind the excerpt.
        string text = Encoding.UTF8.GetString(item[..Math.Min(item.Length, ItemExcerptLength * 4)]);
        if (text.Length <= ItemExcerptLength)
        {
            return text;
        }

        int length = char.IsHighSurrogate(text[ItemExcerptLength - 1]) ? ItemExcerptLength - 1 : ItemExcerptLength;
        return text[..length] + "…";
    }

    private long LoseRejected(Batch batch, IReadOnlyList<RejectedItems> rejected)
    {
        // A sink's runs are not trusted to lie inside the batch or apart from each other: the books must balance all the same.
        bool[] gone = new bool[batch.ItemCount];
        long total = 0;
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

            total += weight;
            BookRejected(batch, run.Reason, weight, first);
        }

        return total;
    }

    private void BookRejected(Batch batch, LossReason given, long weight, int first)
    {
        if (first < 0)
        {
            return;
        }

        LossReason reason = Enum.IsDefined(given) ? given : LossReason.Rejected;
        ledger.Lose(reason, weight);
        string detail = $"{batch.Operation} to {batch.Destination}: the service took the batch but dropped items of it, the first being: {Excerpt(batch, first)}";
        events.DataLost(ledger.Signal, reason.ToString(), weight, detail);
    }
}
