using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using CloudObserve.Delivery;

namespace CloudObserve.Sinks;

/// <summary>
/// Corrects the timestamps of log events that a service dropped because of their time, so that they can be sent once more.
/// </summary>
/// <remarks>
/// <para>
/// An event has the timestamp of this machine's clock at the time of logging. If the clock was wrong then, or is wrong now, the service
/// drops events that are a moment old. The service's response shows the clock error. An event's timestamp is moved by that error, but never
/// later than the service's current time. An event from before the clock was set back therefore gets the time at which it is sent. The
/// original time is still in the event's text.
/// </para>
/// <para>Events whose timestamp does not change, or is still too old, are not sent again: the service dropped them correctly.</para>
/// </remarks>
internal sealed class RetimedEvents : IDisposable
{
    // Clocks that differ by less count as equal. The service drops no events for a difference of less than hours.
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan MaxAge = TimeSpan.FromDays(14);

    private readonly IReadOnlyList<RejectedItems> _rejected;

    // The position of each event in the first batch.
    private readonly List<int> _places;

    private RetimedEvents(Batch batch, IReadOnlyList<RejectedItems> rejected, List<int> places) =>
        (Batch, _rejected, _places) = (batch, rejected, places);

    /// <summary>Gets the events to send again.</summary>
    internal Batch Batch { get; }

    /// <summary>Creates a batch of the events that can be sent again.</summary>
    /// <param name="batch">The batch that was sent.</param>
    /// <param name="answer">The response to it.</param>
    /// <param name="clock">The time of this machine's clock.</param>
    /// <param name="service">The time of the service's clock.</param>
    /// <returns>The events, or <see langword="null"/> if there are none.</returns>
    internal static RetimedEvents? Make(Batch batch, SendResult answer, DateTimeOffset clock, DateTimeOffset service)
    {
        if (answer.Rejected.Count == 0)
        {
            return null;
        }

        TimeSpan error = service - clock;
        long shift = error.Duration() > Tolerance ? (long)error.TotalMilliseconds : 0;
        long present = service.ToUnixTimeMilliseconds();
        long oldest = (service - MaxAge).ToUnixTimeMilliseconds();
        ArrayBufferWriter<byte> body = new(batch.Body.Length);
        body.Write(batch.Body.Span[..batch.PrefixLength]);
        List<int> places = [];
        List<int> ends = [];
        foreach (int place in Places(answer.Rejected, batch.ItemCount))
        {
            ReadOnlySpan<byte> item = batch.Item(place).Span;
            if (TryReadTime(item, out long time, out int length) && Math.Min(time + shift, present) is var corrected && corrected != time
                && corrected > oldest)
            {
                Write(body, item, length, corrected, isFirst: places.Count == 0);
                places.Add(place);
                ends.Add(body.WrittenCount);
            }
        }

        return places.Count == 0 ? null : new RetimedEvents(BatchOf(batch, body, places, ends), answer.Rejected, places);
    }

    /// <summary>Returns the outcome of the first batch.</summary>
    /// <param name="second">The response to <see cref="Batch"/>.</param>
    /// <returns>
    /// The failure of the second batch if it is transient: the first batch is then sent again as a whole, and the events the service had
    /// accepted are delivered twice. If the service refused the second batch, the events it dropped from the first are lost.
    /// </returns>
    internal SendResult Combine(SendResult second)
    {
        if (second.Error is ErrorClass.Invalid or ErrorClass.TooLarge)
        {
            return SendResult.PartlyDelivered(_rejected);
        }

        if (second.Error != ErrorClass.None)
        {
            return second;
        }

        HashSet<int> sentAgain = [.. _places];
        List<RejectedItems> lost = [];
        foreach (RejectedItems run in _rejected)
        {
            lost.AddRange(Enumerable.Range(run.Start, run.Count).Where(i => !sentAgain.Contains(i))
                .Select(i => new RejectedItems(i, 1, run.Reason)));
        }

        foreach (RejectedItems run in second.Rejected)
        {
            lost.AddRange(Places([run], _places.Count).Select(i => new RejectedItems(_places[i], 1, run.Reason)));
        }

        return lost.Count == 0 ? SendResult.Delivered() : SendResult.PartlyDelivered(Runs(lost));
    }

    public void Dispose() => Batch.Dispose();

    // Indexes in a response must not exceed the batch.
    private static IEnumerable<int> Places(IReadOnlyList<RejectedItems> runs, int itemCount) => runs
        .SelectMany(run => Enumerable.Range(run.Start, Math.Max(0, run.Count)))
        .Where(place => place >= 0 && place < itemCount)
        .Distinct()
        .Order();

    private static bool TryReadTime(ReadOnlySpan<byte> item, out long time, out int length)
    {
        (time, length) = (0, 0);
        return item.StartsWith(Beginning) && Utf8Parser.TryParse(item[Beginning.Length..], out time, out length)
            && time is >= 0 and < long.MaxValue / 2;
    }

    private static ReadOnlySpan<byte> Beginning => "{\"timestamp\":"u8;

    private static void Write(ArrayBufferWriter<byte> body, ReadOnlySpan<byte> item, int timeLength, long time, bool isFirst)
    {
        body.Write(isFirst ? ""u8 : ","u8);
        body.Write(Beginning);
        body.Write(Encoding.ASCII.GetBytes(time.ToString(CultureInfo.InvariantCulture)));
        body.Write(item[(Beginning.Length + timeLength)..]);
    }

    private static Batch BatchOf(Batch batch, ArrayBufferWriter<byte> body, List<int> places, List<int> ends)
    {
        body.Write(batch.Body.Span[batch.Ends[^1]..]);
        byte[] rented = ArrayPool<byte>.Shared.Rent(body.WrittenCount);
        body.WrittenSpan.CopyTo(rented);
        long[] weights = [.. places.Select(place => batch.WeightOf(place, 1))];
        return new Batch(batch.Header, rented, body.WrittenCount, batch.PrefixLength, [.. ends], weights);
    }

    private static List<RejectedItems> Runs(List<RejectedItems> lost)
    {
        List<RejectedItems> runs = [];
        foreach (RejectedItems item in lost.OrderBy(i => i.Start))
        {
            if (runs.Count > 0 && runs[^1] is var last && last.Reason == item.Reason && last.Start + last.Count == item.Start)
            {
                runs[^1] = last with { Count = last.Count + 1 };
            }
            else
            {
                runs.Add(item);
            }
        }

        return runs;
    }
}
