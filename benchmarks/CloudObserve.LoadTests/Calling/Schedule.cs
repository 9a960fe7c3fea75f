using System.Diagnostics;

namespace CloudObserve.LoadTests.Calling;

/// <summary>When each call of one thread is to start, fixed before the first: a stall makes all that was due meanwhile late, and none of it is left out.</summary>
/// <remarks>
/// Calls come in bursts, as they do from an application that answers requests: one burst each ten milliseconds, of as many calls as the rate wants, three microseconds
/// apart. So a thread sleeps most of the time. It yields only through what a timer of whole milliseconds cannot tell, and spins only within a burst: on a machine with
/// two processors, threads that spun through every gap would take them from the libraries that work in the background.
/// </remarks>
internal sealed class Schedule
{
    private const double BurstsASecond = 100;
    private const double Apart = 3e-6;

    // As far as a sleep overshoots that a timer ends.
    private static readonly long Overshoot = Ticks(0.25e-3);
    private static readonly long Spin = Ticks(20e-6);
    private static readonly long Millisecond = Ticks(1e-3);

    private readonly long _start;
    private readonly long _burst;

    /// <param name="start">When the schedule begins, as the clock tells it.</param>
    /// <param name="rate">How many calls a second this thread makes; rounded to whole bursts, but at least one call a burst.</param>
    /// <param name="time">For how long.</param>
    internal Schedule(long start, double rate, TimeSpan time)
    {
        _start = start;
        _burst = Math.Max(1, (long)Math.Round(rate / BurstsASecond));
        Calls = _burst * Math.Max(1, (long)(time.TotalSeconds * BurstsASecond));
    }

    internal long Calls { get; }

    /// <summary>Gets when a call is to start.</summary>
    internal long this[long call] => _start + Ticks((call / _burst / BurstsASecond) + (call % _burst * Apart));

    /// <summary>Gives how many nanoseconds lie between two readings of the clock.</summary>
    internal static long Nanoseconds(long from, long to) => (long)((to - from) * (1e9 / Stopwatch.Frequency));

    /// <summary>Returns when it is time, or at once if it is late.</summary>
    /// <returns>The time it is.</returns>
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
