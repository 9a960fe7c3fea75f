namespace CloudObserve.Diagnostics;

/// <summary>Names that a setting gives, and of which the application is expected to bring each. Those that do not come in time are probably misspelt.</summary>
/// <remarks>Of the other names that come, the first 1,000 are remembered, to find the one that was meant. Nothing is remembered once every name has come or was told.</remarks>
/// <threadsafety>Safe for concurrent use. It calls nothing while it holds its lock.</threadsafety>
/// <param name="names">The names that are set; <c>*</c> stands for any run of characters.</param>
/// <param name="isMeant">Whether a name that is set means a name that came, in this order.</param>
internal sealed class ExpectedNames(IEnumerable<string> names, Func<string, string, bool> isMeant)
{
    /// <summary>How long names are waited for.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private const int MostCandidates = 1_000;

    private readonly Lock _lock = new();

    // All guarded by the lock. The time is passed time; without it nobody waits yet.
    private readonly List<string> _missing = [.. names.Distinct(StringComparer.Ordinal)];
    private readonly HashSet<string> _candidates = new(StringComparer.Ordinal);
    private TimeSpan? _since;

    /// <summary>Waits from now on, if it does not yet.</summary>
    internal void Begin(TimeSpan now)
    {
        lock (_lock)
        {
            _since ??= now;
        }
    }

    /// <summary>Takes note of a name that the application has brought.</summary>
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

    /// <summary>Takes the names that have not come in time, each once, with the name that was probably meant if one is near.</summary>
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

    // Of a name with a wildcard only what stands before it can be compared, with as much of each candidate.
    private static string? Nearest(string name, string[] candidates)
    {
        int wildcard = name.IndexOf('*', StringComparison.Ordinal);
        string begin = wildcard < 0 ? name : name[..wildcard];
        string Part(string candidate) => wildcard < 0 ? candidate : candidate[..Math.Min(candidate.Length, begin.Length)];
        string? nearest = begin.Length == 0 ? null : EditDistance.Nearest(begin, candidates.Select(Part));
        return nearest is null ? null : candidates.First(c => Part(c) == nearest);
    }
}
