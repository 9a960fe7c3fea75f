namespace CloudObserve.Monitoring.Expressions;

/// <summary>Represents consecutive periods of equal length.</summary>
/// <param name="Start">The start of the first period, in seconds since 1970-01-01 UTC.</param>
/// <param name="Period">The length of a period in seconds.</param>
/// <param name="Count">The number of periods.</param>
internal readonly record struct TimeGrid(long Start, long Period, int Count)
{
    /// <summary>Gets the end of the last period.</summary>
    internal long End => Start + (Period * Count);

    /// <summary>Returns the start of a period.</summary>
    internal long TimeOf(int index) => Start + (Period * index);

    /// <summary>Returns the index of the period that starts at a time; -1 if none does.</summary>
    internal int IndexOf(long time)
    {
        long index = Math.DivRem(time - Start, Period, out long rest);
        return rest == 0 && index >= 0 && index < Count ? (int)index : -1;
    }

    /// <summary>Returns the coarsest grid that has a period for the start of each period of two grids.</summary>
    /// <exception cref="MathException">The grid has more periods than an evaluation may have.</exception>
    internal static TimeGrid Union(TimeGrid left, TimeGrid right)
    {
        if (left == right || right.Count == 0)
        {
            return left;
        }

        if (left.Count == 0)
        {
            return right;
        }

        long period = Divisor(Divisor(left.Period, right.Period), Math.Abs(left.Start - right.Start));
        long start = Math.Min(left.Start, right.Start);
        long count = (Math.Max(left.End, right.End) - start) / period;
        return count <= MathBudget.MaxPoints ? new TimeGrid(start, period, (int)count) : throw MathBudget.Exceeded();
    }

    private static long Divisor(long left, long right)
    {
        while (right != 0)
        {
            (left, right) = (right, left % right);
        }

        return left;
    }
}
