using System.Collections.Concurrent;
using CloudObserve.Audit.Journal;

namespace CloudObserve.Audit.Records;

/// <summary>Lends encoders, so that callers encode side by side without making buffers each time.</summary>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class EncoderPool(RecordDefaults defaults, Func<IRecordRedactor?> createRedactor)
{
    // One that a huge event has passed through is let go of with its buffers.
    private const int MaxKeptBytes = 1024 * 1024;

    private static readonly int MaxKept = Environment.ProcessorCount * 2;

    private readonly ConcurrentBag<RecordEncoder> _idle = [];

    internal EncodedRecord Encode(AuditEvent auditEvent, DateTimeOffset now)
    {
        RecordEncoder encoder = _idle.TryTake(out RecordEncoder? idle) ? idle : new RecordEncoder(defaults, createRedactor());
        bool isKept = false;
        try
        {
            EncodedRecord record = encoder.Encode(auditEvent, now);
            isKept = encoder.Capacity <= MaxKeptBytes && _idle.Count < MaxKept;
            return record;
        }
        finally
        {
            if (isKept)
            {
                _idle.Add(encoder);
            }
            else
            {
                // Also after a failure, which may have left it in the middle of a record.
                encoder.Dispose();
            }
        }
    }
}
