using CloudObserve.Pipeline.Delivery;

namespace CloudObserve.Sinks;

/// <summary>Which events of a batch CloudWatch Logs dropped although it took the batch: its <c>rejectedLogEventsInfo</c>.</summary>
/// <param name="TooOldEnd">Where the events that are too old end, exclusive: <c>tooOldLogEventEndIndex</c>.</param>
/// <param name="ExpiredEnd">Where the events end that the group's retention has passed, exclusive: <c>expiredLogEventEndIndex</c>.</param>
/// <param name="TooNewStart">Where the events that are too new start, inclusive: <c>tooNewLogEventStartIndex</c>.</param>
/// <remarks>Events ascend in time, so what is too old is a prefix and what is too new is a suffix. A member that is absent is <see langword="null"/>.</remarks>
internal readonly record struct RejectedLogEvents(long? TooOldEnd, long? ExpiredEnd, long? TooNewStart)
{
    /// <summary>Says which events of a batch were kept.</summary>
    /// <param name="itemCount">How many events it had. Indexes beyond are cut to it: what a service says must not unbalance the books.</param>
    internal Range Kept(int itemCount)
    {
        // Both prefixes begin at the first event, so the longer one holds the other.
        int start = Within(Math.Max(TooOldEnd ?? 0, ExpiredEnd ?? 0), itemCount);
        return start..Math.Max(start, Within(TooNewStart ?? itemCount, itemCount));
    }

    /// <summary>Says what became of a batch.</summary>
    /// <param name="itemCount">How many events it had.</param>
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
