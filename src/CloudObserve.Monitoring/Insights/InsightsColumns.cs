namespace CloudObserve.Monitoring.Insights;

/// <summary>Holds the names of the columns of a result.</summary>
internal sealed class InsightsColumns
{
    private readonly string[] _names;
    private readonly Dictionary<string, int> _indexes = new(StringComparer.Ordinal);

    internal InsightsColumns(IEnumerable<string> names)
    {
        _names = [.. names];
        for (int i = 0; i < _names.Length; i++)
        {
            _ = _indexes.TryAdd(_names[i], i);
        }
    }

    internal IReadOnlyList<string> Names => _names;

    internal int IndexOf(string name) => _indexes.GetValueOrDefault(name, -1);
}
