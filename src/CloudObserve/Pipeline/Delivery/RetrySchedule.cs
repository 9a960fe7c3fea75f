using CloudObserve.Delivery;

namespace CloudObserve.Pipeline.Delivery;

/// <summary>Computes the pause before the next attempt. Uses no clock and does not wait.</summary>
/// <param name="longest">The longest pause.</param>
/// <param name="random">Returns a number from 0 (inclusive) to 1 (exclusive); injected so that tests are repeatable.</param>
internal sealed class RetrySchedule(TimeSpan longest, Func<double> random)
{
    /// <summary>The longest pause while a flush or a close is waiting.</summary>
    internal static readonly TimeSpan LongestWhenUrgent = TimeSpan.FromSeconds(1);

    // 2^20 times any base delay is far longer than the longest pause; a larger exponent would overflow.
    private const int LargestExponent = 20;

    /// <summary>Returns the pause after a failed attempt.</summary>
    /// <param name="failure">The outcome of the attempt.</param>
    /// <param name="failures">The number of consecutive failures of this batch, including this one.</param>
    /// <param name="urgent">Whether a flush or a close is waiting.</param>
    internal TimeSpan Pause(SendResult failure, int failures, bool urgent)
    {
        TimeSpan ceiling = urgent && LongestWhenUrgent < longest ? LongestWhenUrgent : longest;
        if (failure.RetryAfter is { } asked && asked > TimeSpan.Zero)
        {
            // Never earlier than requested, and slightly later, so that the requests do not all return at once.
            return Smaller(asked * (1 + (0.1 * random())), ceiling);
        }

        TimeSpan grown = ErrorPolicy.For(failure.Error).BaseDelay * Math.Pow(2, Math.Clamp(failures - 1, 0, LargestExponent));
        return Smaller(grown, ceiling) * (0.5 + (0.5 * random()));
    }

    private static TimeSpan Smaller(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
