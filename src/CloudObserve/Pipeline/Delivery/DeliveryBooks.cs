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
        // Added up before anything is booked: the runs are the sink's own collection, and reading it may throw.
        List<Dropped> dropped = result.Rejected.Count == 0 ? [] : AddUp(batch, result.Rejected);
        long delivered = batch.Weight - dropped.Sum(d => d.Weight);
        string why = result.Message.Length == 0 ? "the service took the batch but dropped items of it" : result.Message;
        dropped.ForEach(d => Lose(batch, d, why));
        ledger.Deliver(delivered);
        events.BatchDelivered(ledger.Signal, batch.Operation, batch.Destination, delivered, batch.Body.Length, latency);
    }

    /// <summary>Gets the signal's name.</summary>
    internal string Signal => ledger.Signal;

    /// <summary>The whole batch is gone.</summary>
    internal void Lose(Batch batch, LossReason reason, string detail) => Lose(batch.Weight, reason, $"{batch.Operation} to {batch.Destination}: {detail}");

    /// <summary>Something is gone of which only the weight is known.</summary>
    internal void Lose(long weight, LossReason reason, string detail) => ledger.Lose(reason, weight, detail);

    /// <summary>Takes over what an earlier process had accepted and spooled.</summary>
    internal void TakeOver(long weight) => ledger.Accept(weight);

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

    private static List<Dropped> AddUp(Batch batch, IReadOnlyList<RejectedItems> rejected)
    {
        // A sink's runs are not trusted to lie inside the batch or apart from each other: the books must balance all the same.
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
                all.Add(new Dropped(Enum.IsDefined(run.Reason) ? run.Reason : LossReason.Rejected, weight, first));
            }
        }

        return all;
    }

    private void Lose(Batch batch, Dropped dropped, string why)
    {
        string detail = LossDetail.WithItem(why, Excerpt(batch, dropped.First));
        ledger.Lose(dropped.Reason, dropped.Weight, $"{batch.Operation} to {batch.Destination}: {detail}");
    }

    private readonly record struct Dropped(LossReason Reason, long Weight, int First);
}
