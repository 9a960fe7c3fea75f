namespace CloudObserve.Audit.Insights;

/// <summary>The most frequent values of a stream, in fixed memory: a new value takes the place and the count of the rarest (Space-Saving).</summary>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class TopValues
{
    private const int Kept = 4 * InsightLimits.MaxAttributions;

    private readonly Dictionary<string, double> _counts = new(StringComparer.Ordinal);

    internal void Add(string? value, double count = 1)
    {
        // CloudTrail: a missing value is the word.
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

    /// <summary>Forgets a part of what was counted.</summary>
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
