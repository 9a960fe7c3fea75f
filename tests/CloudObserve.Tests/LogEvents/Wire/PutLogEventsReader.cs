using System.Text;
using System.Text.Json;
using CloudObserve.Delivery;

namespace CloudObserve.Tests.LogEvents.Wire;

/// <summary>
/// Reads a PutLogEvents body with System.Text.Json and judges it by the service's rules, written down here a second time on purpose.
/// </summary>
internal static class PutLogEventsReader
{
    internal static (long Time, string Message)[] Events(Batch batch)
    {
        using JsonDocument body = JsonDocument.Parse(batch.Body);
        Assert.Equal(["logGroupName", "logStreamName", "logEvents"], body.RootElement.EnumerateObject().Select(p => p.Name));
        return [.. body.RootElement.GetProperty("logEvents").EnumerateArray()
            .Select(e => (e.GetProperty("timestamp").GetInt64(), e.GetProperty("message").GetString()!))];
    }

    /// <summary>The first rule that a body breaks, or <see langword="null"/>.</summary>
    internal static string? BrokenRule(Batch batch) => BrokenRule(batch, Events(batch));

    internal static string? BrokenRule(Batch batch, (long Time, string Message)[] events)
    {
        long size = events.Sum(e => Encoding.UTF8.GetByteCount(e.Message) + 26L);
        return events.Length is < 1 or > 10_000 ? $"{events.Length} events"
            : size > 1_048_576 ? $"{size} bytes"
            : events.Zip(events.Skip(1)).Any(p => p.First.Time > p.Second.Time) ? "not in order"
            : events[^1].Time - events[0].Time > 24 * 60 * 60 * 1000L ? "more than 24 hours"
            : events.Any(e => e.Message.Length == 0) ? "an empty message"
            : batch.ItemCount != events.Length ? $"{batch.ItemCount} items for {events.Length} events"
            : batch.Weight != events.Length ? $"weight {batch.Weight} for {events.Length} events"
            : null;
    }
}
