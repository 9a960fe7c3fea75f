using System.Diagnostics;

namespace CloudObserve.LoadTests.Calling;

/// <summary>Holds the scheduled start of each call of one thread.</summary>
/// <remarks>
/// It is fixed in advance, so a stall delays all calls that were due, and omits none. Calls come in bursts, as from an application that
/// answers requests: one burst every ten milliseconds, with as many calls as the rate needs, three microseconds apart. So a thread sleeps
/// most of the time. It yields only for the fraction of a millisecond that the timer cannot resolve, and spins only within a burst. On a
/// machine with two processors, threads that spin through every gap would take processor time from the background work of the libraries.
/// </remarks>
internal sealed class Schedule
{
    private const double BurstsASecond = 100;
    private const double Apart = 3e-6;

    // The largest overshoot of a sleep that ends by a timer.
    private static readonly long Overshoot = Ticks(0.25e-3);
    private static readonly long Spin = Ticks(20e-6);
    private static readonly long Millisecond = Ticks(1e-3);

    private readonly long _start;
    private readonly long _burst;

    /// <param name="start">The timestamp at which the schedule begins.</param>
    /// <param name="rate">The calls per second of this thread, rounded to whole bursts with at least one call each.</param>
    /// <param name="time">The duration.</param>
    internal Schedule(long start, double rate, TimeSpan time)
    {
        _start = start;
        _burst = Math.Max(1, (long)Math.Round(rate / BurstsASecond));
        Calls = _burst * Math.Max(1, (long)(time.TotalSeconds * BurstsASecond));
    }

    internal long Calls { get; }

    /// <summary>Returns the scheduled start of a call.</summary>
    internal long this[long call] => _start + Ticks((call / _burst / BurstsASecond) + (call % _burst * Apart));

    /// <summary>Returns the nanoseconds between two timestamps.</summary>
    internal static long Nanoseconds(long from, long to) => (long)((to - from) * (1e9 / Stopwatch.Frequency));

    /// <summary>Waits until a time; returns at once if it has passed.</summary>
    /// <returns>The current timestamp.</returns>
    internal static long Wait(long until)
    {
        while (true)
        {
            long now = Stopwatch.GetTimestamp();
            long left = until - now;
            if (left <= 0)
            {
                return now;
            }

            if (left > Millisecond + Overshoot)
            {
                Thread.Sleep((int)((left - Overshoot) / Millisecond));
            }
            else if (left > Spin)
            {
                _ = Thread.Yield();
            }
        }
    }

    private static long Ticks(double seconds) => (long)(seconds * Stopwatch.Frequency);
}
