namespace CloudObserve.Audit.Insights;

/// <summary>Counts the most frequent values of a stream in fixed memory.</summary>
/// <remarks>A new value replaces the rarest one and takes over its count (the Space-Saving algorithm).</remarks>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class TopValues
{
    private const int Kept = 4 * InsightLimits.MaxAttributions;

    private readonly Dictionary<string, double> _counts = new(StringComparer.Ordinal);

    internal void Add(string? value, double count = 1)
    {
        // CloudTrail uses the word "null" for a missing value.
        string text = value ?? "null";
        if (_counts.TryGetValue(text, out double known) || _counts.Count < Kept)
        {
            _counts[text] = known + count;
            return;
        }

        (string rarest, double least) = _counts.MinBy(static entry => entry.Value);
        _ = _counts.Remove(rarest);
        _counts[text] = least + count;
    }

    internal void AddAll(TopValues other)
    {
        foreach ((string value, double count) in other._counts)
        {
            Add(value, count);
        }
    }

    /// <summary>Reduces the counts to a fraction.</summary>
    internal void Fade(double kept)
    {
        foreach (string value in _counts.Keys.ToArray())
        {
            _counts[value] *= kept;
        }
    }

    internal void Clear() => _counts.Clear();

    internal IEnumerable<(string Value, double Count)> Top() => _counts
        .OrderByDescending(static entry => entry.Value).ThenBy(static entry => entry.Key, StringComparer.Ordinal)
        .Take(InsightLimits.MaxAttributions).Select(static entry => (entry.Key, entry.Value));
}
