namespace CloudObserve.Insights;

/// <summary>Holds the patterns that a <see cref="LogPatternMiner"/> found.</summary>
/// <threadsafety>Instances are immutable and safe for use by several threads.</threadsafety>
public sealed class LogPatterns
{
    private readonly int[] _patternOfShape;

    internal LogPatterns(IReadOnlyList<LogPattern> patterns, int[] patternOfShape)
    {
        Patterns = patterns;
        _patternOfShape = patternOfShape;
    }

    /// <summary>Gets the patterns, the most frequent one first.</summary>
    public IReadOnlyList<LogPattern> Patterns { get; }

    /// <summary>Returns the pattern of a message.</summary>
    /// <param name="shape">The number that <see cref="LogPatternMiner.Add"/> returned for the message.</param>
    /// <returns>The position of the pattern in <see cref="Patterns"/>, from 0.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="shape"/> is not a number that was returned before the patterns were found.
    /// </exception>
    public int IndexOf(int shape)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(shape);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(shape, _patternOfShape.Length);
        return _patternOfShape[shape];
    }
}
