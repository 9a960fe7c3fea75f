using System.Collections;

namespace CloudObserve.LogEvents.Redaction;

/// <summary>Collects the findings in one text.</summary>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class RedactionFindings : IEnumerable<Finding>
{
    private readonly List<Finding> _all = [];

    internal int Count => _all.Count;

    internal Finding this[int index] => _all[index];

    public List<Finding>.Enumerator GetEnumerator() => _all.GetEnumerator();

    IEnumerator<Finding> IEnumerable<Finding>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal void Add(Finding finding) => _all.Add(finding);

    internal void Clear() => _all.Clear();

    /// <summary>Sorts the findings and merges overlapping ones, so that nothing of either remains.</summary>
    internal void Merge()
    {
        // Of findings with the same start, the longer one comes first, so that it contains the others.
        _all.Sort(static (a, b) => a.Start != b.Start ? a.Start.CompareTo(b.Start) : b.End.CompareTo(a.End));
        int kept = 0;
        for (int i = 1; i < _all.Count; i++)
        {
            if (_all[i].Start < _all[kept].End)
            {
                _all[kept] = _all[kept] with { End = Math.Max(_all[kept].End, _all[i].End) };
            }
            else
            {
                _all[++kept] = _all[i];
            }
        }

        if (_all.Count > 0)
        {
            _all.RemoveRange(kept + 1, _all.Count - kept - 1);
        }
    }
}
