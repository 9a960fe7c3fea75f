using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using System.Text.Unicode;
using CloudObserve.Logs.Routing;
using CloudObserve.Pipeline.Buffering;
using CloudObserve.Pipeline.Delivery;

namespace CloudObserve.Logs.Wire;

/// <summary>Writes the events of one log stream into PutLogEvents requests in AWS JSON 1.1, and seals each before a rule of the service is broken.</summary>
/// <remarks>
/// Count, size and span are held here; age is the owner's matter, who calls <see cref="Seal"/> in time. Events that come out of order are
/// sorted when their request is sealed, and only then; the order of arrival holds among equal times. The size that is limited is that of the
/// messages: the body itself, with its escapes, may be several times as long. Appending allocates nothing once the buffers have grown.
/// </remarks>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class LogBatchAssembler
{
    /// <summary>The operation's name, as sinks know it.</summary>
    internal const string Operation = "PutLogEvents";

    private const int MaxNumberBytes = 20;

    private static readonly long MaxSpanMilliseconds = (long)PutLogEventsLimits.MaxSpan.TotalMilliseconds;

    private readonly string _destination;
    private readonly BatchBuilder _builder;
    private readonly List<long> _times = [];
    private readonly ArrayBufferWriter<byte> _repaired = new();
    private long _bytes;
    private long _oldest;
    private long _newest;
    private bool _inOrder = true;

    internal LogBatchAssembler(LogRoute route)
    {
        _destination = $"log group {route.LogGroup}, stream {route.LogStream}";
        _builder = new BatchBuilder(Prefix(route), "]}"u8.ToArray(), PutLogEventsLimits.MaxEvents, int.MaxValue);
    }

    /// <summary>Gets the number of events in the open request.</summary>
    internal int EventCount => _times.Count;

    /// <summary>Gets the size of the open request as CloudWatch counts it: UTF-8 bytes of the messages, and 26 for each.</summary>
    internal long Bytes => _bytes;

    /// <summary>Gets the time of the oldest event in the open request, in milliseconds since the epoch; meaningless when it is empty.</summary>
    internal long OldestTimestamp => _oldest;

    /// <summary>Gets when the first event of the open request was appended, which is when its age begins; meaningless when it is empty.</summary>
    internal DateTimeOffset OpenedAt { get; private set; }

    /// <summary>Appends an event.</summary>
    /// <param name="timestamp">Its time, in milliseconds since the epoch.</param>
    /// <param name="message">Its text in UTF-8. What is not UTF-8 in it is replaced by U+FFFD.</param>
    /// <param name="now">The current time.</param>
    /// <param name="full">The request that was sealed, because the event did not fit or because nothing fits any more. It may contain this event.</param>
    /// <param name="refusal">Why the event was not taken.</param>
    /// <returns>Whether the event was taken.</returns>
    internal bool TryAppend(long timestamp, ReadOnlySpan<byte> message, DateTimeOffset now, out Batch? full, out LossReason refusal) =>
        TryAppend(timestamp, message, now, LogEventTerms.One, out full, out refusal);

    /// <summary>Appends an event that does not count for just itself.</summary>
    internal bool TryAppend(
        long timestamp, ReadOnlySpan<byte> message, DateTimeOffset now, LogEventTerms terms, out Batch? full, out LossReason refusal)
    {
        full = null;
        if (!Utf8.IsValid(message))
        {
            _repaired.ResetWrittenCount();
            Utf8Repair.Write(message, _repaired);
            message = _repaired.WrittenSpan;
        }

        if (Refusal(timestamp, message.Length, now) is { } reason)
        {
            refusal = reason;
            return false;
        }

        refusal = default;
        if (!Fits(timestamp, message.Length))
        {
            full = Seal(now);
        }

        Count(timestamp, message.Length, now);
        Write(timestamp, message, terms);

        // Nothing fits any more: waiting for the next event would only make this one late.
        full ??= EventCount == PutLogEventsLimits.MaxEvents || _bytes + PutLogEventsLimits.EventOverhead >= PutLogEventsLimits.MaxBatchBytes
            ? Seal(now)
            : null;
        return true;
    }

    /// <summary>Hands over the open request, or <see langword="null"/> when it is empty.</summary>
    internal Batch? Seal(DateTimeOffset now)
    {
        if (_times.Count == 0)
        {
            return null;
        }

        if (!_inOrder)
        {
            Sort();
        }

        Batch? batch = _builder.Seal(new BatchHeader(Operation, _destination, now, DateTimeOffset.MaxValue));
        _times.Clear();
        _bytes = 0;
        _inOrder = true;
        return batch;
    }

    private static byte[] Prefix(LogRoute route)
    {
        ArrayBufferWriter<byte> prefix = new();
        prefix.Write("{\"logGroupName\":\""u8);
        prefix.Write(JsonEncodedText.Encode(route.LogGroup).EncodedUtf8Bytes);
        prefix.Write("\",\"logStreamName\":\""u8);
        prefix.Write(JsonEncodedText.Encode(route.LogStream).EncodedUtf8Bytes);
        prefix.Write("\",\"logEvents\":["u8);
        return prefix.WrittenSpan.ToArray();
    }

    private static LossReason? Refusal(long timestamp, int length, DateTimeOffset now) => length switch
    {
        0 => LossReason.Rejected,
        > PutLogEventsLimits.MaxMessageBytes => LossReason.TooLarge,
        _ => LogEventTimes.Check(timestamp, now),
    };

    private bool Fits(long timestamp, int length) =>
        EventCount == 0
        || (_bytes + length + PutLogEventsLimits.EventOverhead <= PutLogEventsLimits.MaxBatchBytes
            && Math.Max(timestamp, _newest) - Math.Min(timestamp, _oldest) < MaxSpanMilliseconds);

    private void Count(long timestamp, int length, DateTimeOffset now)
    {
        if (EventCount == 0)
        {
            (_oldest, _newest, OpenedAt) = (timestamp, timestamp, now);
        }

        _inOrder &= timestamp >= _newest;
        _oldest = Math.Min(_oldest, timestamp);
        _newest = Math.Max(_newest, timestamp);
        _bytes += length + PutLogEventsLimits.EventOverhead;
        _times.Add(timestamp);
    }

    private void Write(long timestamp, ReadOnlySpan<byte> message, LogEventTerms terms)
    {
        _builder.BeginItem();
        _builder.Write("{\"timestamp\":"u8);
        _ = Utf8Formatter.TryFormat(timestamp, _builder.GetSpan(MaxNumberBytes), out int digits);
        _builder.Advance(digits);
        _builder.Write(",\"message\":\""u8);
        JsonEscaper.Write(message, _builder);
        _builder.Write("\"}"u8);
        DateTimeOffset tooOld = DateTimeOffset.FromUnixTimeMilliseconds(timestamp) + PutLogEventsLimits.MaxAge;
        _builder.EndItem(terms.Weight, terms.AcceptableUntil < tooOld ? terms.AcceptableUntil : tooOld);
    }

    // The time and the place of arrival in one number: a span below 24 hours has 27 bits of milliseconds, 10,000 places have 14. Sorting such
    // numbers is stable because no two are equal.
    private void Sort()
    {
        const int PlaceBits = 14;
        long[] keys = ArrayPool<long>.Shared.Rent(_times.Count);
        int[] order = ArrayPool<int>.Shared.Rent(_times.Count);
        Span<long> sorted = keys.AsSpan(0, _times.Count);
        for (int i = 0; i < sorted.Length; i++)
        {
            sorted[i] = ((_times[i] - _oldest) << PlaceBits) | (uint)i;
        }

        sorted.Sort();
        for (int i = 0; i < sorted.Length; i++)
        {
            order[i] = (int)(sorted[i] & ((1 << PlaceBits) - 1));
        }

        _builder.Reorder(order.AsSpan(0, sorted.Length));
        ArrayPool<long>.Shared.Return(keys);
        ArrayPool<int>.Shared.Return(order);
    }
}
