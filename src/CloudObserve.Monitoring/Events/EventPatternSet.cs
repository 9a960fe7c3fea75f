using CloudObserve.Monitoring.Events.Patterns;

namespace CloudObserve.Events;

/// <summary>Matches an event against the patterns of thousands of rules in one pass.</summary>
/// <remarks>
/// The event is read once. Equal texts, prefixes and ranges of numbers are found with searches, not one by one, so that the time depends on
/// the event and on the rules that match, not on the number of rules. A match allocates nothing once the buffers of the thread have grown.
/// The first match after a change builds the search structures anew, in a time proportional to the number of rules.
/// </remarks>
/// <typeparam name="TRule">The type that identifies a rule, such as its name.</typeparam>
/// <threadsafety>
/// All members can be used by several threads at the same time. A match that begins after a change has returned sees the change; one that
/// runs meanwhile sees all rules as they were before or as they are after it.
/// </threadsafety>
public sealed class EventPatternSet<TRule>
    where TRule : notnull
{
    private readonly Lock _lock = new();
    private readonly Dictionary<TRule, EventPattern> _patterns;

    // Null after a change, until the next match builds it. It is read without the lock.
    private volatile Compiled? _compiled;

    /// <summary>Initializes a new instance of the <see cref="EventPatternSet{TRule}"/> class without rules.</summary>
    /// <param name="comparer">The comparer of rules; <see langword="null"/> for the default.</param>
    public EventPatternSet(IEqualityComparer<TRule>? comparer = null) => _patterns = new Dictionary<TRule, EventPattern>(comparer);

    /// <summary>Gets the number of rules.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _patterns.Count;
            }
        }
    }

    /// <summary>Adds a rule, or replaces the pattern of the rule.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="pattern">Its pattern.</param>
    public void Set(TRule rule, EventPattern pattern)
    {
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentNullException.ThrowIfNull(pattern);
        lock (_lock)
        {
            _patterns[rule] = pattern;
            _compiled = null;
        }
    }

    /// <summary>Removes a rule.</summary>
    /// <param name="rule">The rule.</param>
    /// <returns><see langword="true"/> if the set had the rule.</returns>
    public bool Remove(TRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        lock (_lock)
        {
            bool removed = _patterns.Remove(rule);
            _compiled = removed ? null : _compiled;
            return removed;
        }
    }

    /// <summary>Adds the rules that match an event to a collection.</summary>
    /// <param name="utf8">The event, as for <see cref="EventPattern.IsMatch"/>.</param>
    /// <param name="matches">The collection to add to. The order of the rules is not defined.</param>
    /// <returns>The number of rules that match. A text that is not a JSON object matches no rule.</returns>
    public int Match(ReadOnlySpan<byte> utf8, ICollection<TRule> matches)
    {
        ArgumentNullException.ThrowIfNull(matches);
        Compiled compiled = _compiled ?? Compile();
        MatchState state = MatchState.Rent(compiled.Matcher);
        try
        {
            if (!compiled.Matcher.Read(utf8, state))
            {
                return 0;
            }

            compiled.Matcher.Find(state, onlyFirst: false);
            foreach (int match in state.Matches.Items)
            {
                matches.Add(compiled.Rules[match]);
            }

            return state.Matches.Count;
        }
        finally
        {
            state.Clear();
        }
    }

    private Compiled Compile()
    {
        lock (_lock)
        {
            return _compiled ??= new Compiled(
                [.. _patterns.Keys], MatcherBuilder.Build([.. _patterns.Values.Select(static p => p.Syntax)]));
        }
    }

    private sealed record Compiled(TRule[] Rules, EventMatcher Matcher);
}
