using CloudObserve.Contracts;
using CloudObserve.Sinks.Local.Storage;

namespace CloudObserve.Sinks.Local.Ingestion;

/// <summary>Checks the events of one call against CloudWatch Logs' rules: some faults fail the call, others drop events.</summary>
internal static class LogEventRules
{
    /// <summary>Checks the rules that fail the whole call.</summary>
    /// <returns>The events, all of them present.</returns>
    internal static NewLogEvent[] Check(List<WireLogEvent> events)
    {
        if (events.Count == 0)
        {
            throw LogErrors.Constraint("logEvents", "Member must have length greater than or equal to 1");
        }

        NewLogEvent[] read = new NewLogEvent[events.Count];
        long bytes = 0;
        for (int i = 0; i < read.Length; i++)
        {
            read[i] = Check(events[i], i + 1);
            bytes += read[i].CountedBytes;
            if (i > 0 && read[i].Timestamp < read[i - 1].Timestamp)
            {
                throw LogErrors.Invalid("Log events in a single PutLogEvents request must be in chronological order.");
            }
        }

        return bytes <= ServiceLimits.PutLogEvents.MaxBatchBytes
            ? read
            : throw LogErrors.Invalid($"Upload too large: {bytes} bytes exceeds limit of {ServiceLimits.PutLogEvents.MaxBatchBytes}");
    }

    /// <summary>Finds the events that are dropped because of their timestamp.</summary>
    internal static RejectedLogEvents FindRejected(NewLogEvent[] events, DateTimeOffset now, int? retentionInDays)
    {
        int tooOld = CountBefore(events, now - ServiceLimits.MaxAge);
        int expired = retentionInDays is { } days ? CountBefore(events, now.AddDays(-days)) : 0;
        int tooNew = CountBefore(events, (now + ServiceLimits.MaxAhead).AddMilliseconds(1));
        return new RejectedLogEvents(
            tooOld == 0 ? null : tooOld,
            expired == 0 ? null : expired,
            tooNew == events.Length ? null : tooNew);
    }

    /// <summary>Checks the time span of the remaining events.</summary>
    internal static void CheckSpan(ReadOnlySpan<NewLogEvent> valid)
    {
        if (!valid.IsEmpty && valid[^1].Timestamp - valid[0].Timestamp > (long)ServiceLimits.PutLogEvents.MaxSpan.TotalMilliseconds)
        {
            throw LogErrors.Invalid("The batch of log events in a single PutLogEvents request cannot span more than 24 hours.");
        }
    }

    private static NewLogEvent Check(WireLogEvent read, int member)
    {
        if (read.Timestamp is not { } timestamp)
        {
            throw LogErrors.Constraint($"logEvents.{member}.member.timestamp", "Member must not be null");
        }

        if (timestamp < 0)
        {
            throw LogErrors.Constraint($"logEvents.{member}.member.timestamp", "Member must have value greater than or equal to 0");
        }

        return read.Message switch
        {
            null => throw LogErrors.Constraint($"logEvents.{member}.member.message", "Member must not be null"),
            [] => throw LogErrors.Constraint($"logEvents.{member}.member.message", "Member must have length greater than or equal to 1"),
            byte[] message => CheckSize(new NewLogEvent(timestamp, message)),
        };
    }

    private static NewLogEvent CheckSize(NewLogEvent read) =>
        read.CountedBytes is var bytes && bytes <= ServiceLimits.PutLogEvents.MaxBatchBytes
        ? read
        : throw LogErrors.Invalid($"Log event too large: {bytes} bytes exceeds limit of {ServiceLimits.PutLogEvents.MaxBatchBytes}");

    // The events are sorted by time here.
    private static int CountBefore(NewLogEvent[] events, DateTimeOffset time)
    {
        long limit = time.ToUnixTimeMilliseconds();
        int index = Array.FindIndex(events, e => e.Timestamp >= limit);
        return index < 0 ? events.Length : index;
    }
}
