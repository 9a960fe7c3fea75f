namespace CloudObserve.Monitoring.Events.Patterns;

/// <summary>Tests strings against prefixes, suffixes and texts with asterisks.</summary>
internal sealed class AffixTests
{
    private readonly PrefixIndex _prefixes;

    // The suffixes are reversed, so that they are prefixes of the reversed value.
    private readonly PrefixIndex _suffixes;

    // A text with an asterisk that begins or ends with letters is compared only if they are found.
    private readonly PrefixIndex _beginnings;
    private readonly PrefixIndex _endings;
    private readonly (WildcardText Text, int Test)[] _wildcards;
    private readonly int[] _others;
    private readonly int _maxEnd;
    private readonly bool _hasBeginnings;

    internal AffixTests(
        IEnumerable<(byte[] Text, int Test)> prefixes,
        IEnumerable<(byte[] Text, int Test)> suffixes,
        IEnumerable<(WildcardText Text, int Test)> wildcards)
    {
        _wildcards = [.. wildcards];
        int[] all = [.. Enumerable.Range(0, _wildcards.Length)];
        _prefixes = new PrefixIndex(prefixes);
        _suffixes = new PrefixIndex(suffixes.Select(static s => (Reversed(s.Text), s.Test)));
        _beginnings = new PrefixIndex(all.Where(i => _wildcards[i].Text.Beginning.Length > 0)
            .Select(i => (_wildcards[i].Text.Beginning.ToArray(), i)));
        _endings = new PrefixIndex(all.Where(i => _wildcards[i].Text.Beginning.Length == 0 && _wildcards[i].Text.Ending.Length > 0)
            .Select(i => (Reversed(_wildcards[i].Text.Ending.ToArray()), i)));
        _others = [.. all.Where(i => _wildcards[i].Text.Beginning.Length == 0 && _wildcards[i].Text.Ending.Length == 0)];
        _maxEnd = Math.Max(_suffixes.MaxLength, _endings.MaxLength);
        _hasBeginnings = !_prefixes.IsEmpty || !_beginnings.IsEmpty;
        HasEndings = !_suffixes.IsEmpty || !_endings.IsEmpty;
        IsEmpty = !_hasBeginnings && !HasEndings && _others.Length == 0;
    }

    /// <summary>Gets a value indicating whether there is no test.</summary>
    internal bool IsEmpty { get; }

    private bool HasEndings { get; }

    /// <summary>Notes the tests that a string satisfies.</summary>
    internal void Test(ReadOnlySpan<byte> text, MatchState state)
    {
        if (IsEmpty)
        {
            return;
        }

        if (_hasBeginnings)
        {
            Note(_prefixes, text, state);
            Try(_beginnings, text, text, state);
        }

        if (HasEndings)
        {
            ReadOnlySpan<byte> reversed = state.Reverse(text, _maxEnd);
            Note(_suffixes, reversed, state);
            Try(_endings, reversed, text, state);
        }

        foreach (int other in _others)
        {
            Try(other, text, state);
        }
    }

    /// <summary>Notes the tests in lower case that a string in any case satisfies.</summary>
    internal void TestFolded(ReadOnlySpan<byte> text, MatchState state)
    {
        Note(_prefixes, state.Fold(text[..Math.Min(text.Length, _prefixes.MaxLength)]), state);
        int end = Math.Min(text.Length, _suffixes.MaxLength);
        Note(_suffixes, state.Reverse(state.Fold(text[^end..]), end), state);
    }

    private static byte[] Reversed(byte[] text)
    {
        byte[] reversed = [.. text];
        Array.Reverse(reversed);
        return reversed;
    }

    private static void Note(PrefixIndex index, ReadOnlySpan<byte> text, MatchState state)
    {
        for (int found = index.Find(text); found >= 0; found = index.Shorter(found))
        {
            foreach (int test in index.TestsOf(found))
            {
                state.Hit(test);
            }
        }
    }

    private void Try(PrefixIndex index, ReadOnlySpan<byte> key, ReadOnlySpan<byte> text, MatchState state)
    {
        for (int found = index.Find(key); found >= 0; found = index.Shorter(found))
        {
            foreach (int wildcard in index.TestsOf(found))
            {
                Try(wildcard, text, state);
            }
        }
    }

    private void Try(int wildcard, ReadOnlySpan<byte> text, MatchState state)
    {
        if (_wildcards[wildcard].Text.IsMatch(text))
        {
            state.Hit(_wildcards[wildcard].Test);
        }
    }
}
