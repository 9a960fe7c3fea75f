using System.Globalization;
using CloudObserve.Testing;

namespace CloudObserve.LoadTests.Driving;

/// <summary>
/// Records the data that arrived at a <see cref="ScriptedCloudWatch"/>: the numbered events with their counts and order, and the number of
/// samples.
/// </summary>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class Arrivals
{
    private const int NumberDigits = 12;
    private const string JsonMessage = "\"message\":\"";

    private readonly Lock _lock = new();

    // All fields below are guarded by the lock. For each event number: its time in milliseconds, or a marker for events that have not
    // arrived.
    private long[] _times = new long[1 << 16];
    private long _end;
    private long _distinct;
    private long _duplicates;
    private long _unordered;
    private double _samples;

    internal Arrivals(ScriptedCloudWatch aws)
    {
        aws.KeepsAccepted = false;
        aws.LogEventsAccepted = Take;
        aws.DatumsAccepted = Take;
    }

    internal long Distinct => Read(() => _distinct);

    internal long Duplicates => Read(() => _duplicates);

    internal long Samples => (long)Read(() => _samples);

    /// <summary>Gets the number of requests whose events were not in the order of writing.</summary>
    internal long UnorderedRequests => Read(() => _unordered);

    /// <summary>Returns how many of the first events have not arrived.</summary>
    internal long MissingOf(long count) => Read(() =>
    {
        ReadOnlySpan<long> known = _times.AsSpan(0, (int)Math.Min(count, _times.Length));
        return count - known.Length + known.Count(0L);
    });

    /// <summary>Counts events with a time before that of the previously written event.</summary>
    /// <remarks>A reader that sorts by time would see them swapped.</remarks>
    internal long Swapped() => Read(() =>
    {
        (long swapped, long last) = (0, 0);
        foreach (long time in _times.AsSpan(0, (int)_end))
        {
            swapped += time != 0 && time < last ? 1 : 0;
            last = time != 0 ? time : last;
        }

        return swapped;
    });

    private T Read<T>(Func<T> read)
    {
        lock (_lock)
        {
            return read();
        }
    }

    private void Take(IReadOnlyList<AcceptedLogEvent> events)
    {
        lock (_lock)
        {
            long last = -1;
            bool ordered = true;
            foreach (AcceptedLogEvent taken in events)
            {
                long number = NumberOf(taken.Message);
                ordered &= number > last;
                last = number;
                Note(number, taken.Timestamp.ToUnixTimeMilliseconds());
            }

            _unordered += ordered ? 0 : 1;
        }
    }

    // A plain message begins with the number; in JSON the message is one member among others.
    internal static long NumberOf(string text)
    {
        int at = text.StartsWith('{') ? text.IndexOf(JsonMessage, StringComparison.Ordinal) + JsonMessage.Length : 0;
        return long.Parse(text.AsSpan(at, NumberDigits), NumberStyles.None, CultureInfo.InvariantCulture);
    }

    private void Note(long number, long time)
    {
        while (number >= _times.Length)
        {
            Array.Resize(ref _times, _times.Length * 2);
        }

        _end = Math.Max(_end, number + 1);
        if (_times[number] == 0)
        {
            _distinct++;
            _times[number] = time;
        }
        else
        {
            _duplicates++;
        }
    }

    private void Take(IReadOnlyList<AcceptedDatum> datums)
    {
        lock (_lock)
        {
            _samples += datums.Sum(d => d.SampleCount);
        }
    }
}
