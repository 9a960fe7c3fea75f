using CloudObserve.Filters.Patterns.Syntax;

namespace CloudObserve.Filters.Patterns.Terms;

/// <summary>Represents one compiled term pattern.</summary>
/// <threadsafety>Immutable.</threadsafety>
internal sealed class TermsProgram
{
    private readonly TermTest[] _required;
    private readonly TermTest[] _excluded;
    private readonly TermTest[] _oneOf;

    internal TermsProgram(int pattern, TermsSyntax syntax)
    {
        Pattern = pattern;
        _required = Compile(syntax, TermMode.Required);
        _excluded = Compile(syntax, TermMode.Excluded);
        _oneOf = syntax.AnyIsEnough ? Compile(syntax, TermMode.Optional) : [];
    }

    /// <summary>Gets the number of the pattern.</summary>
    internal int Pattern { get; }

    /// <summary>Gets the number of searches in an event that contains none of the terms, as most events do.</summary>
    internal int Searches => _required.Length > 0 ? 1 : _excluded.Length + _oneOf.Length;

    /// <summary>Gets one slot that every matching event has.</summary>
    internal ushort RequiredBigram => _required.Length > 0 ? _required[0].RequiredBigram : BigramFilter.Anywhere;

    internal bool IsMatch(ReadOnlySpan<byte> utf8, BigramFilter bigrams)
    {
        foreach (TermTest term in _required)
        {
            if (!term.Occurs(utf8, bigrams))
            {
                return false;
            }
        }

        return !AnyOccurs(_excluded, utf8, bigrams) && (_oneOf.Length == 0 || AnyOccurs(_oneOf, utf8, bigrams));
    }

    /// <summary>Returns the texts that this pattern and all others require.</summary>
    internal IEnumerable<TermTest> TextsIn(IEnumerable<TermsProgram> others) =>
        _required.Where(term => term.TextLength > 0 && others.All(other => Array.Exists(other._required, term.IsSameText)));

    private static bool AnyOccurs(TermTest[] terms, ReadOnlySpan<byte> utf8, BigramFilter bigrams)
    {
        foreach (TermTest term in terms)
        {
            if (term.Occurs(utf8, bigrams))
            {
                return true;
            }
        }

        return false;
    }

    private static TermTest[] Compile(TermsSyntax syntax, TermMode mode) =>
        [.. syntax.Terms.Where(term => term.Mode == mode).Select(static term => new TermTest(term.Operand))];
}
