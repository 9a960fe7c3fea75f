namespace CloudObserve.Monitoring.Expressions;

/// <summary>Limits the points that the evaluation of a request computes, and with them its time and its memory.</summary>
internal sealed class MathBudget
{
    /// <summary>The largest number of points that one request may compute.</summary>
    internal const long MaxPoints = 20_000_000;

    private long _left = MaxPoints;

    /// <summary>Takes a number of points from the budget.</summary>
    /// <exception cref="MathException">The budget is used up.</exception>
    internal void Take(long points)
    {
        _left -= points;
        if (_left < 0)
        {
            throw Exceeded();
        }
    }

    internal static MathException Exceeded() =>
        new(
            0,
            $"the result has too many datapoints: all steps of an evaluation together may compute {MaxPoints}. "
                + "Use a longer period or a shorter time range");
}
