using CloudObserve.Delivery;

namespace CloudObserve.Sinks;

/// <summary>The events of an accepted batch that CloudWatch Logs dropped: its <c>rejectedLogEventsInfo</c>.</summary>
/// <param name="TooOldEnd">The exclusive end of the events that are too old: <c>tooOldLogEventEndIndex</c>.</param>
/// <param name="ExpiredEnd">The exclusive end of the events older than the group's retention: <c>expiredLogEventEndIndex</c>.</param>
/// <param name="TooNewStart">The inclusive start of the events that are too new: <c>tooNewLogEventStartIndex</c>.</param>
/// <remarks>
/// Events are sorted by time, so events that are too old are a prefix and events that are too new are a suffix. An absent member is
/// <see langword="null"/>.
/// </remarks>
internal readonly record struct RejectedLogEvents(long? TooOldEnd, long? ExpiredEnd, long? TooNewStart)
{
    /// <summary>Returns the range of the events that were kept.</summary>
    /// <param name="itemCount">The number of events in the batch. Larger indexes are limited to it, so that a wrong response cannot
    /// unbalance the ledger.</param>
    internal Range Kept(int itemCount)
    {
        // Both prefixes begin at the first event, so the longer one includes the other.
        int start = Within(Math.Max(TooOldEnd ?? 0, ExpiredEnd ?? 0), itemCount);
        return start..Math.Max(start, Within(TooNewStart ?? itemCount, itemCount));
    }

    /// <summary>Converts to the outcome of a batch.</summary>
    /// <param name="itemCount">The number of events in the batch.</param>
    internal SendResult ToResult(int itemCount)
    {
        (int old, int kept) = Kept(itemCount).GetOffsetAndLength(itemCount);
        int end = old + kept;
        List<RejectedItems> runs = [];
        if (old > 0)
        {
            runs.Add(new RejectedItems(0, old, LossReason.TooOld));
        }

        if (end < itemCount)
        {
            runs.Add(new RejectedItems(end, itemCount - end, LossReason.TooNew));
        }

        return runs.Count == 0 ? SendResult.Delivered() : SendResult.PartlyDelivered(runs);
    }

    private static int Within(long index, int itemCount) => (int)Math.Clamp(index, 0, itemCount);
}
