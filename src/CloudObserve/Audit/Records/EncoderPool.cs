using System.Collections.Concurrent;
using CloudObserve.LogEvents.Redaction;

namespace CloudObserve.Audit.Records;

/// <summary>Lends encoders to callers, so that they encode concurrently without allocating buffers each time.</summary>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class EncoderPool(RecordDefaults defaults, Func<Redactor?> createRedactor)
{
    // In bytes. An encoder with larger buffers, after a huge event, is not kept.
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
                // Also after a failure, which may have left the encoder in the middle of a record.
                encoder.Dispose();
            }
        }
    }
}
