using System.Numerics;

namespace CloudObserve.Monitoring.Events.Patterns;

/// <summary>Finds all of many ranges that contain a value.</summary>
/// <remarks>
/// The ranges are sorted by their lower ends and form a balanced tree, each node of which knows the highest end below it.
/// </remarks>
/// <typeparam name="T">The type of the values.</typeparam>
internal sealed class IntervalIndex<T>
    where T : struct, IComparisonOperators<T, T, bool>
{
    private readonly (T Low, T High, int Test)[] _ranges;
    private readonly T[] _highest;

    internal IntervalIndex(IEnumerable<(T Low, T High, int Test)> ranges)
    {
        _ranges = [.. ranges];
        Array.Sort(_ranges, static (x, y) => x.Low < y.Low ? -1 : x.Low > y.Low ? 1 : 0);
        _highest = new T[_ranges.Length];
        _ = _ranges.Length > 0 ? Fill(0, _ranges.Length - 1) : default;
    }

    /// <summary>Gets a value indicating whether there is no range.</summary>
    internal bool IsEmpty => _ranges.Length == 0;

    /// <summary>Returns whether any range contains a value.</summary>
    internal bool Any(T value) => Any(value, 0, _ranges.Length - 1);

    /// <summary>Notes the test of each range that contains a value.</summary>
    internal void Find(T value, MatchState state) => Find(value, 0, _ranges.Length - 1, state);

    private T Fill(int low, int high)
    {
        int middle = (low + high) >>> 1;
        T highest = _ranges[middle].High;
        if (low < middle && Fill(low, middle - 1) is var left && left > highest)
        {
            highest = left;
        }

        if (middle < high && Fill(middle + 1, high) is var right && right > highest)
        {
            highest = right;
        }

        _highest[middle] = highest;
        return highest;
    }

    private bool Any(T value, int low, int high)
    {
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            if (_highest[middle] < value)
            {
                return false;
            }

            if ((_ranges[middle].Low <= value && value <= _ranges[middle].High) || Any(value, low, middle - 1))
            {
                return true;
            }

            if (_ranges[middle].Low > value)
            {
                return false;
            }

            low = middle + 1;
        }

        return false;
    }

    private void Find(T value, int low, int high, MatchState state)
    {
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            if (_highest[middle] < value)
            {
                return;
            }

            Find(value, low, middle - 1, state);
            ref readonly (T Low, T High, int Test) range = ref _ranges[middle];
            if (range.Low > value)
            {
                return;
            }

            if (value <= range.High)
            {
                state.Hit(range.Test);
            }

            low = middle + 1;
        }
    }
}
