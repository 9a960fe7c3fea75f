namespace CloudObserve.Monitoring.Events.Patterns;

/// <summary>
/// Finds a value for each condition of an alternative, so that all of them are in the same elements of the event's arrays.
/// </summary>
/// <remarks>
/// The conditions are tried in the order of their paths. Each value that is chosen binds the elements that it is in. The absence of a value
/// is tested in the elements that earlier conditions bound, as EventBridge does. Of a path without dotted keys, all values are in one
/// array, so that the state of the search is a condition and one element; a state that failed is not tried again.
/// </remarks>
/// <threadsafety>Used by one thread at a time.</threadsafety>
internal sealed class ElementSearch
{
    private readonly MatchList<int> _chosen = new();
    private readonly HashSet<long> _failed = [];
    private EventMatcher _matcher = null!;
    private MatchState _state = null!;
    private FieldCondition[] _conditions = [];
    private int _comparisons;

    /// <summary>Returns whether an alternative matches, all of whose conditions hold somewhere.</summary>
    internal bool IsMatch(Alternative alternative, EventMatcher matcher, MatchState state)
    {
        _matcher = matcher;
        _state = state;
        _conditions = alternative.Conditions;
        _comparisons = EventPatternLimits.MaxComparisons;
        _failed.Clear();
        _chosen.Clear();
        return state.HasDottedKeys ? FindAny(0) : Find(0, 0);
    }

    private bool Find(int index, int bound)
    {
        if (index == _conditions.Length)
        {
            return true;
        }

        FieldCondition condition = _conditions[index];
        while (bound != 0 && !IsOnPath(_state.Elements[bound].Node, condition.Node))
        {
            bound = _state.Elements[bound].Parent;
        }

        long key = ((long)index << 32) | (uint)bound;
        if (_failed.Contains(key))
        {
            return false;
        }

        ReadOnlySpan<int> values = Within(_state.ValuesOf(condition), bound);
        bool isFound = values.IsEmpty && condition.AcceptsNone && Find(index + 1, bound);
        int tried = -1;
        foreach (int value in values)
        {
            int element = _state.Values[value].Element;
            if (isFound)
            {
                return true;
            }

            // Values of the same element leave the same search.
            if (element != tried && _state.Holds(condition, value))
            {
                tried = element;
                isFound = Find(index + 1, element);
            }
        }

        _ = isFound || _failed.Add(key);
        return isFound;
    }

    // Keys with dots and nested keys can give one path several arrays, so that all chosen elements count. The work is limited.
    private bool FindAny(int index)
    {
        if (index == _conditions.Length)
        {
            return true;
        }

        FieldCondition condition = _conditions[index];
        bool isAbsent = true;
        foreach (int value in _state.ValuesOf(condition))
        {
            int element = _state.Values[value].Element;
            if (!AgreesWithChosen(element))
            {
                continue;
            }

            isAbsent = false;
            if (_comparisons > 0 && _state.Holds(condition, value))
            {
                _ = _chosen.Add(element);
                if (FindAny(index + 1))
                {
                    return true;
                }

                _chosen.Resize(_chosen.Count - 1);
            }
        }

        return isAbsent && condition.AcceptsNone && FindAny(index + 1);
    }

    private bool AgreesWithChosen(int element)
    {
        foreach (int other in _chosen.Items)
        {
            _comparisons--;
            if (!Agree(element, other))
            {
                return false;
            }
        }

        return true;
    }

    // Two elements exclude each other if they, or elements around them, are different elements of the same array.
    private bool Agree(int x, int y)
    {
        MatchList<ArrayElement> elements = _state.Elements;
        while (elements[x].Depth > elements[y].Depth)
        {
            x = elements[x].Parent;
        }

        while (elements[y].Depth > elements[x].Depth)
        {
            y = elements[y].Parent;
        }

        while (x != y)
        {
            if (elements[x].Array == elements[y].Array)
            {
                return false;
            }

            (x, y) = (elements[x].Parent, elements[y].Parent);
        }

        return true;
    }

    private bool IsOnPath(int node, int below) => node <= below && below < _matcher.Nodes[node].End;

    private ReadOnlySpan<int> Within(ReadOnlySpan<int> values, int element)
    {
        if (element == 0)
        {
            return values;
        }

        ArrayElement bounds = _state.Elements[element];
        int first = values.BinarySearch(bounds.FirstValue);
        int end = values.BinarySearch(bounds.EndValue);
        return values[(first < 0 ? ~first : first)..(end < 0 ? ~end : end)];
    }
}
