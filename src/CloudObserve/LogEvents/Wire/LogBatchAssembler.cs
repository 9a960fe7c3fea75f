using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;
using CloudObserve.Contracts;
using CloudObserve.Delivery;
using CloudObserve.LogEvents.Routing;
using CloudObserve.LogEvents.Text;
using CloudObserve.Pipeline.Buffering;

namespace CloudObserve.LogEvents.Wire;

/// <summary>Writes the events of one log stream into PutLogEvents requests in AWS JSON 1.1 that obey the service's rules.</summary>
/// <remarks>
/// <para>
/// It seals a request before count, size or time span exceeds its limit. The owner enforces the age by calling <see cref="Seal"/> in time.
/// Events that arrive out of order are sorted when their request is sealed; events with equal times keep their order of arrival. A full
/// request leaves the events that are not older than the next event to the next request, because two requests may be in flight at once and
/// arrive in any order, and the service orders the events of one millisecond by their arrival.
/// </para>
/// <para>
/// The limited size is that of the messages. The body, with its escapes, may be several times as long. Appending allocates nothing once the
/// buffers have grown.
/// </para>
/// </remarks>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class LogBatchAssembler
{
    /// <summary>The name of the operation, as sinks receive it.</summary>
    internal const string Operation = "PutLogEvents";

    private const int MaxNumberBytes = 20;

    private static readonly long MaxSpanMilliseconds = (long)ServiceLimits.PutLogEvents.MaxSpan.TotalMilliseconds;

    private readonly string _destination;
    private readonly BatchBuilder _builder;
    private readonly List<long> _times = [];
    private readonly List<int> _sizes = [];
    private readonly ArrayBufferWriter<byte> _repaired = new();
    private readonly ArrayBufferWriter<byte> _head = new();
    private long _headTime;
    private long _bytes;
    private long _oldest;
    private long _newest;
    private bool _inOrder = true;
    private DateTimeOffset _earliestTerm = DateTimeOffset.MaxValue;

    internal LogBatchAssembler(LogRoute route)
    {
        _destination = $"log group {route.LogGroup}, stream {route.LogStream}";
        _builder = new BatchBuilder(Prefix(route), "]}"u8.ToArray(), ServiceLimits.PutLogEvents.MaxEvents, int.MaxValue);
    }

    /// <summary>Gets the number of events in the open request.</summary>
    internal int EventCount => _times.Count;

    /// <summary>
    /// Gets the size of the open request as CloudWatch counts it: the UTF-8 bytes of the messages, and 26 bytes for each message.
    /// </summary>
    internal long Bytes => _bytes;

    /// <summary>
    /// Gets the time of the oldest event in the open request, in milliseconds since the epoch; undefined if the request is empty.
    /// </summary>
    internal long OldestTimestamp => _oldest;

    /// <summary>
    /// Gets the time at which the first event of the open request was appended, from which its age counts; undefined if the request is
    /// empty.
    /// </summary>
    internal DateTimeOffset OpenedAt { get; private set; }

    /// <summary>Appends an event.</summary>
    /// <param name="timestamp">The event's time, in milliseconds since the epoch.</param>
    /// <param name="message">The event's text in UTF-8. Invalid bytes are replaced by U+FFFD.</param>
    /// <param name="now">The current time.</param>
    /// <param name="full">The request that was sealed because the event did not fit, or <see langword="null"/>.</param>
    /// <param name="refusal">The reason, if the event was refused.</param>
    /// <returns><see langword="true"/> if the event was appended.</returns>
    internal bool TryAppend(
        long timestamp, ReadOnlySpan<byte> message, DateTimeOffset now, out Batch? full, [NotNullWhen(false)] out LossReason? refusal) =>
        TryAppend(timestamp, message, now, LogEventTerms.One, out full, out refusal);

    /// <summary>Appends an event with its own weight or expiry.</summary>
    internal bool TryAppend(
        long timestamp, ReadOnlySpan<byte> message, DateTimeOffset now, LogEventTerms terms, out Batch? full,
        [NotNullWhen(false)] out LossReason? refusal)
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

        refusal = null;
        if (!Fits(timestamp, message.Length))
        {
            full = SealBefore(timestamp, message.Length, now);
        }

        Count(timestamp, message.Length, now);
        _earliestTerm = terms.AcceptableUntil < _earliestTerm ? terms.AcceptableUntil : _earliestTerm;
        Write(timestamp, message, terms);
        return true;
    }

    /// <summary>Seals and returns the open request, or <see langword="null"/> if it is empty.</summary>
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

        Batch? batch = _builder.Seal(Header(now));
        _times.Clear();
        _sizes.Clear();
        _bytes = 0;
        _inOrder = true;
        _earliestTerm = DateTimeOffset.MaxValue;
        return batch;
    }

    // Events as new as the next event, or newer, go into the next request with it, unless there are so many that requests would become
    // small.
    private Batch? SealBefore(long timestamp, int length, DateTimeOffset now)
    {
        if (!_inOrder)
        {
            Sort();
        }

        int count = _times.Count;
        while (count > 0 && _times[count - 1] >= timestamp)
        {
            count--;
        }

        long staying = 0;
        for (int i = count; i < _sizes.Count; i++)
        {
            staying += _sizes[i];
        }

        bool keepsMost = count > _times.Count / 2
            && staying + length + ServiceLimits.PutLogEvents.EventOverhead <= ServiceLimits.PutLogEvents.MaxBatchBytes / 2;
        if (count == _times.Count || !keepsMost)
        {
            return Seal(now);
        }

        // The expiry is not stored for each event, so the remaining events may be given up slightly early because of one that left.
        DateTimeOffset tooOld = AcceptableUntil(_times[count]);
        Batch batch = _builder.SealFirst(Header(now), count, _earliestTerm < tooOld ? _earliestTerm : tooOld);
        _times.RemoveRange(0, count);
        _sizes.RemoveRange(0, count);
        (_oldest, _newest, OpenedAt, _bytes, _inOrder) = (_times[0], _times[^1], now, staying, true);
        return batch;
    }

    private BatchHeader Header(DateTimeOffset now) => new(Operation, _destination, now, DateTimeOffset.MaxValue);

    private static DateTimeOffset AcceptableUntil(long timestamp) =>
        DateTimeOffset.FromUnixTimeMilliseconds(timestamp) + ServiceLimits.MaxAge;

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
        > ServiceLimits.PutLogEvents.MaxMessageBytes => LossReason.TooLarge,
        _ => LogEventTimes.Check(timestamp, now),
    };

    private bool Fits(long timestamp, int length) =>
        EventCount == 0
        || (EventCount < ServiceLimits.PutLogEvents.MaxEvents
            && _bytes + length + ServiceLimits.PutLogEvents.EventOverhead <= ServiceLimits.PutLogEvents.MaxBatchBytes
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
        int size = length + ServiceLimits.PutLogEvents.EventOverhead;
        _bytes += size;
        _times.Add(timestamp);
        _sizes.Add(size);
    }

    private void Write(long timestamp, ReadOnlySpan<byte> message, LogEventTerms terms)
    {
        _builder.BeginItem();
        _builder.Write(Head(timestamp));
        JsonEscaper.Write(message, _builder);
        _builder.Write("\"}"u8);

        // An event that is not the oldest expires after the oldest one, whose expiry the request already has.
        DateTimeOffset tooOld = timestamp == _oldest ? AcceptableUntil(timestamp) : DateTimeOffset.MaxValue;
        _builder.EndItem(terms.Weight, terms.AcceptableUntil < tooOld ? terms.AcceptableUntil : tooOld);
    }

    // The JSON before the message. Under load many events share a millisecond, so it is cached.
    private ReadOnlySpan<byte> Head(long timestamp)
    {
        if (timestamp != _headTime || _head.WrittenCount == 0)
        {
            _head.ResetWrittenCount();
            _head.Write("{\"timestamp\":"u8);
            _ = Utf8Formatter.TryFormat(timestamp, _head.GetSpan(MaxNumberBytes), out int digits);
            _head.Advance(digits);
            _head.Write(",\"message\":\""u8);
            _headTime = timestamp;
        }

        return _head.WrittenSpan;
    }

    // Time and order of arrival in one number: a span below 24 hours needs 27 bits of milliseconds, and 10,000 positions need 14. Sorting
    // these numbers is stable, because no two are equal.
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
        Follow(order.AsSpan(0, sorted.Length), sorted);
        ArrayPool<long>.Shared.Return(keys);
        ArrayPool<int>.Shared.Return(order);
    }

    private void Follow(ReadOnlySpan<int> order, Span<long> scratch)
    {
        Permute(CollectionsMarshal.AsSpan(_times), order, scratch);
        Permute(CollectionsMarshal.AsSpan(_sizes), order, MemoryMarshal.Cast<long, int>(scratch));
        _inOrder = true;
    }

    private static void Permute<T>(Span<T> items, ReadOnlySpan<int> order, Span<T> scratch)
    {
        items.CopyTo(scratch);
        for (int place = 0; place < order.Length; place++)
        {
            items[place] = scratch[order[place]];
        }
    }
}
