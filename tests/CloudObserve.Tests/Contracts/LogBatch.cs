using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using CloudObserve.Delivery;

namespace CloudObserve.Tests.Contracts;

/// <summary>Makes PutLogEvents batches out of events written as JSON, without the assembler of the library.</summary>
internal static class LogBatch
{
    internal const string Group = "/contract/shop";
    internal const string Stream = "host/1";

    internal static Batch Of(params string[] events) => In(Group, Stream, events);

    internal static Batch In(string group, string stream, params string[] events) => Weighing(null, group, stream, events);

    internal static Batch Weighing(long[]? weights, string group, string stream, params string[] events)
    {
        StringBuilder body = new(
            $$"""{"logGroupName":{{JsonSerializer.Serialize(group)}},"logStreamName":{{JsonSerializer.Serialize(stream)}},"logEvents":[""");
        int prefix = body.Length;
        int[] ends = new int[events.Length];
        for (int i = 0; i < events.Length; i++)
        {
            body.Append(i == 0 ? "" : ",").Append(events[i]);
            ends[i] = body.Length;
        }

        byte[] bytes = Encoding.ASCII.GetBytes(body.Append("]}").ToString());
        byte[] rented = ArrayPool<byte>.Shared.Rent(bytes.Length);
        bytes.CopyTo(rented, 0);
        BatchHeader header = new("PutLogEvents", $"log group {group}, stream {stream}", DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue);
        return new Batch(header, rented, bytes.Length, prefix, ends, weights);
    }

    /// <summary>One event. The message is escaped down to ASCII, so that a place in the text is a place in the bytes.</summary>
    internal static string Event(DateTimeOffset time, string message = "started") =>
        string.Create(CultureInfo.InvariantCulture,
            $$"""{"timestamp":{{time.ToUnixTimeMilliseconds()}},"message":{{JsonSerializer.Serialize(message)}}}""");

    internal static string[] Events(int count, DateTimeOffset time) => [.. Enumerable.Repeat(Event(time), count)];
}
