using System.Globalization;
using System.Text;
using System.Text.Json;
using CloudObserve.Delivery;
using CloudObserve.LogEvents.Routing;
using CloudObserve.LogEvents.Wire;

namespace CloudObserve.Tests.LogEvents.Wire;

/// <summary>
/// Requests of a stream while the clock is set back and forth: each keeps the rules of the service, and no event is missing.
/// </summary>
public sealed class LogClockTests
{
    private const long MaxSpan = 24 * 60 * 60 * 1000;

    [Fact]
    public void Each_request_is_in_order_and_spans_less_than_a_day_whatever_the_clock_does()
    {
        Random random = new(3);
        LogBatchAssembler assembler = new(new LogRoute("/shop", "one"));
        DateTimeOffset now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
        List<Batch> batches = [];
        const int Events = 20_000;
        for (int i = 0; i < Events; i++)
        {
            now += TimeSpan.FromMilliseconds(random.Next(50));
            if (random.Next(100) == 0)
            {
                now += TimeSpan.FromHours(random.Next(-30, 30));
            }

            byte[] message = Encoding.ASCII.GetBytes(i.ToString(CultureInfo.InvariantCulture));
            Assert.True(assembler.TryAppend(now.ToUnixTimeMilliseconds(), message, now, out Batch? full, out _));
            batches.AddRange(full is null ? [] : [full]);
        }

        batches.AddRange(assembler.Seal(now) is { } last ? [last] : []);
        HashSet<string> seen = [];
        foreach (Batch batch in batches)
        {
            using JsonDocument body = JsonDocument.Parse(batch.Body);
            JsonElement[] events = [.. body.RootElement.GetProperty("logEvents").EnumerateArray()];
            long[] times = [.. events.Select(e => e.GetProperty("timestamp").GetInt64())];
            Assert.Equal(times.Order(), times);
            Assert.True(times[^1] - times[0] < MaxSpan);
            Assert.All(events, e => Assert.True(seen.Add(e.GetProperty("message").GetString()!)));
            batch.Dispose();
        }

        Assert.Equal(Events, seen.Count);
    }
}
