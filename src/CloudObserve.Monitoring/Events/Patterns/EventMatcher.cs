namespace CloudObserve.Monitoring.Events.Patterns;

/// <summary>Matches an event against all patterns of a set in one pass.</summary>
/// <remarks>
/// The pass notes which tests the values of the event satisfy. An alternative is looked at only if its rarest condition was satisfied, so
/// that the work depends on the event and on what matches, not on the number of patterns.
/// </remarks>
/// <threadsafety>Immutable. The state belongs to one thread.</threadsafety>
internal sealed class EventMatcher
{
    internal EventMatcher(
        PathNode[] nodes, FieldTests[] fields, Alternative[] alternatives, MatcherTriggers triggers, int tests, int patterns)
    {
        Nodes = nodes;
        Fields = fields;
        Alternatives = alternatives;
        Triggers = triggers;
        Tests = tests;
        Patterns = patterns;
    }

    internal PathNode[] Nodes { get; }

    internal FieldTests[] Fields { get; }

    internal Alternative[] Alternatives { get; }

    internal MatcherTriggers Triggers { get; }

    /// <summary>Gets the number of tests.</summary>
    internal int Tests { get; }

    /// <summary>Gets the number of patterns.</summary>
    internal int Patterns { get; }

    /// <summary>Reads an event and notes the tests that its values satisfy.</summary>
    /// <returns><see langword="false"/> if it is not a JSON object.</returns>
    internal bool Read(ReadOnlySpan<byte> utf8, MatchState state) => new EventScanner(utf8, this, state).Read();

    /// <summary>Returns whether the event that was read matches any pattern.</summary>
    internal bool IsMatch(MatchState state)
    {
        Find(state, onlyFirst: true);
        return state.Matches.Count > 0;
    }

    /// <summary>Puts the numbers of the patterns that match the event into the state.</summary>
    internal void Find(MatchState state, bool onlyFirst)
    {
        for (int i = 0; i < state.HitTests.Count && !(onlyFirst && state.Matches.Count > 0); i++)
        {
            Try(Triggers.OfTests[state.HitTests[i]], state);
        }

        for (int i = 0; i < state.SeenFields.Count && !(onlyFirst && state.Matches.Count > 0); i++)
        {
            Try(Triggers.OfFields[state.SeenFields[i]], state);
        }

        Try(Triggers.Always, state);
    }

    /// <summary>Returns whether an alternative matches.</summary>
    internal bool IsMatch(Alternative alternative, MatchState state)
    {
        // Values that are in no element of an array agree with every other value. A single other value agrees with them.
        int bound = 0;
        bool needsSearch = false;
        foreach (FieldCondition condition in alternative.Conditions)
        {
            if (state.HoldsAtRoot(condition))
            {
                continue;
            }

            if (state.Holds(condition))
            {
                bound++;
                continue;
            }

            bool isAbsent = condition.AcceptsNone && state.Counts(condition).All == 0;
            if (!isAbsent && !(condition.AcceptsNone && state.Counts(condition).Root == 0))
            {
                return false;
            }

            needsSearch |= !isAbsent;
        }

        return (bound <= 1 && !needsSearch) || state.Search.IsMatch(alternative, this, state);
    }

    private void Try(int[] alternatives, MatchState state)
    {
        foreach (int number in alternatives)
        {
            Alternative alternative = Alternatives[number];
            if (state.Begin(number, alternative.Pattern) && IsMatch(alternative, state))
            {
                state.AddMatch(alternative.Pattern);
            }
        }
    }
}
