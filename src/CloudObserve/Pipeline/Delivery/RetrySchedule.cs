namespace CloudObserve.Pipeline.Delivery;

/// <summary>Decides how long to pause before the next attempt. Pure: it knows no clock and waits for nothing.</summary>
/// <param name="longest">The longest pause.</param>
/// <param name="random">A number from 0 up to 1; injected so that tests are repeatable.</param>
internal sealed class RetrySchedule(TimeSpan longest, Func<double> random)
{
    /// <summary>The longest pause while somebody waits for a flush or for the end.</summary>
    internal static readonly TimeSpan LongestWhenUrgent = TimeSpan.FromSeconds(1);

    // 2^20 times any base delay is far beyond the longest pause; more would overflow.
    private const int LargestExponent = 20;

    /// <summary>The pause after a failed attempt.</summary>
    /// <param name="failure">What the attempt came to.</param>
    /// <param name="failures">How often this batch has failed in a row, this time included.</param>
    /// <param name="urgent">Whether somebody waits for a flush or for the end.</param>
    internal TimeSpan Pause(SendResult failure, int failures, bool urgent)
    {
        TimeSpan ceiling = urgent && LongestWhenUrgent < longest ? LongestWhenUrgent : longest;
        if (failure.RetryAfter is { } asked && asked > TimeSpan.Zero)
        {
            // Never earlier than asked; a little later, so that the requests in flight do not come back all at once.
            return Smaller(asked * (1 + (0.1 * random())), ceiling);
        }

        TimeSpan grown = ErrorPolicy.For(failure.Error).BaseDelay * Math.Pow(2, Math.Clamp(failures - 1, 0, LargestExponent));
        return Smaller(grown, ceiling) * (0.5 + (0.5 * random()));
    }

    private static TimeSpan Smaller(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
