namespace CloudObserve.Diagnostics;

/// <summary>
/// Tracks configured names that the application is expected to use. A name that is not used in time is probably misspelt.
/// </summary>
/// <remarks>
/// The first 1,000 other names are stored, to find the one that was meant. Nothing is stored once every name was used or reported.
/// </remarks>
/// <threadsafety>Safe for concurrent use. Calls no other code while it holds its lock.</threadsafety>
/// <param name="names">The configured names; <c>*</c> stands for any sequence of characters.</param>
/// <param name="isMeant">Determines whether a configured name (first) matches a used name (second).</param>
internal sealed class ExpectedNames(IEnumerable<string> names, Func<string, string, bool> isMeant)
{
    /// <summary>The time for which names are expected.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private const int MostCandidates = 1_000;

    private readonly Lock _lock = new();

    // All fields below are guarded by the lock. The time is monotonic; null means that the waiting time has not begun.
    private readonly List<string> _missing = [.. names.Distinct(StringComparer.Ordinal)];
    private readonly HashSet<string> _candidates = new(StringComparer.Ordinal);
    private TimeSpan? _since;

    /// <summary>Begins the waiting time, if it has not begun.</summary>
    internal void Begin(TimeSpan now)
    {
        lock (_lock)
        {
            _since ??= now;
        }
    }

    /// <summary>Records a name that the application uses.</summary>
    internal void Saw(string name)
    {
        lock (_lock)
        {
            if (_missing.Count == 0)
            {
                return;
            }

            _ = _missing.RemoveAll(m => isMeant(m, name));
            if (_missing.Count == 0)
            {
                _candidates.Clear();
            }
            else if (_candidates.Count < MostCandidates)
            {
                _ = _candidates.Add(name);
            }
        }
    }

    /// <summary>Returns the names that were not used in time, each once, with the name that was probably meant.</summary>
    internal IReadOnlyList<(string Name, string? Nearest)> TakeMissing(TimeSpan now)
    {
        string[] missing;
        string[] candidates;
        lock (_lock)
        {
            if (_missing.Count == 0 || _since is not { } since || now - since < Patience)
            {
                return [];
            }

            (missing, candidates) = ([.. _missing], [.. _candidates]);
            _missing.Clear();
            _candidates.Clear();
        }

        return [.. missing.Select(m => (m, Nearest(m, candidates)))];
    }

    // Only the part before a wildcard can be compared, with the same length of each candidate.
    private static string? Nearest(string name, string[] candidates)
    {
        int wildcard = name.IndexOf('*', StringComparison.Ordinal);
        string begin = wildcard < 0 ? name : name[..wildcard];
        string Part(string candidate) => wildcard < 0 ? candidate : candidate[..Math.Min(candidate.Length, begin.Length)];
        string? nearest = begin.Length == 0 ? null : EditDistance.Nearest(begin, candidates.Select(Part));
        return nearest is null ? null : candidates.First(c => Part(c) == nearest);
    }
}
