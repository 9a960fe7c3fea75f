using System.Text;

namespace CloudObserve.Monitoring.Events.Patterns;

/// <summary>Tests the values of one field against the tests of all patterns at once.</summary>
internal sealed class FieldTests
{
    private readonly ByteStringTable _texts;
    private readonly int[][] _textTests;
    private readonly ByteStringTable _folded;
    private readonly int[][] _foldedTests;
    private readonly ByteStringTable _numberTexts;
    private readonly int[][] _numberTextTests;
    private readonly AffixTests _affixes;
    private readonly AffixTests _foldedAffixes;
    private readonly IntervalIndex<double> _numbers;
    private readonly IntervalIndex<UInt128> _v4;
    private readonly IntervalIndex<UInt128> _v6;
    private readonly (PatternTestKind Kind, CaselessText Text, int Test)[] _caseless;
    private readonly int[] _trues;
    private readonly int[] _falses;
    private readonly int[] _nulls;
    private readonly bool _hasText;
    private readonly int _maxFolded;

    /// <param name="tests">The tests with their numbers.</param>
    internal FieldTests(IReadOnlyCollection<(PatternTest Test, int Number)> tests)
    {
        ILookup<PatternTestKind, (PatternTest Test, int Number)> kinds = tests.ToLookup(static t => t.Test.Kind);
        (_texts, _textTests) = Table(kinds[PatternTestKind.Exact].Select(static t => (Wtf8.Encode(t.Test.Text), t.Number)));
        (_numberTexts, _numberTextTests) =
            Table(kinds[PatternTestKind.NumberText].Select(static t => (Encoding.UTF8.GetBytes(t.Test.Text), t.Number)));
        (_folded, _foldedTests) = Table(Folded(kinds, PatternTestKind.IgnoreCase));
        _maxFolded = Folded(kinds, PatternTestKind.IgnoreCase).Select(static t => t.Text.Length).DefaultIfEmpty(-1).Max();
        _affixes = new AffixTests(
            kinds[PatternTestKind.Prefix].Select(static t => (Wtf8.Encode(t.Test.Text), t.Number)),
            kinds[PatternTestKind.Suffix].Select(static t => (Wtf8.Encode(t.Test.Text), t.Number)),
            kinds[PatternTestKind.Wildcard].Select(static t => (WildcardText.Parse(t.Test.Text), t.Number)));
        _foldedAffixes = new AffixTests(
            Folded(kinds, PatternTestKind.PrefixIgnoreCase), Folded(kinds, PatternTestKind.SuffixIgnoreCase), []);
        _numbers = new(kinds[PatternTestKind.Range].Select(static t => (t.Test.Low, t.Test.High, t.Number)));
        _v4 = Addresses(kinds, isV6: false);
        _v6 = Addresses(kinds, isV6: true);
        _caseless = [.. tests.Where(static t => IsCaseless(t.Test.Kind) && !Ascii.IsValid(t.Test.Text))
            .Select(static t => (t.Test.Kind, new CaselessText(t.Test.Text), t.Number))];
        _trues = [.. kinds[PatternTestKind.True].Select(static t => t.Number)];
        _falses = [.. kinds[PatternTestKind.False].Select(static t => t.Number)];
        _nulls = [.. kinds[PatternTestKind.Null].Select(static t => t.Number)];
        _hasText = tests.Any(static t => t.Test.Kind is not (PatternTestKind.Range or PatternTestKind.NumberText or PatternTestKind.True
            or PatternTestKind.False or PatternTestKind.Null));
    }

    /// <summary>Notes the tests that a string satisfies.</summary>
    /// <param name="raw">The text between the quotation marks.</param>
    /// <param name="isEscaped">Whether it has escapes.</param>
    /// <param name="state">The state of the match.</param>
    internal void TestText(ReadOnlySpan<byte> raw, bool isEscaped, MatchState state)
    {
        if (!_hasText)
        {
            return;
        }

        ReadOnlySpan<byte> text = isEscaped ? state.Unescape(raw) : raw;
        Note(_texts.Find(text), _textTests, state);
        _affixes.Test(text, state);
        if (text.Length <= _maxFolded)
        {
            Span<byte> folded = state.Fold(text);
            Note(_folded.Find(folded), _foldedTests, state);
        }

        if (!_foldedAffixes.IsEmpty)
        {
            _foldedAffixes.TestFolded(text, state);
        }

        foreach ((PatternTestKind kind, CaselessText caseless, int test) in _caseless)
        {
            if (kind switch
            {
                PatternTestKind.PrefixIgnoreCase => caseless.IsPrefix(text),
                PatternTestKind.SuffixIgnoreCase => caseless.IsSuffix(text),
                _ => caseless.IsEqual(text),
            })
            {
                state.Hit(test);
            }
        }

        if (!(_v4.IsEmpty && _v6.IsEmpty) && IpAddresses.TryParse(text, out AddressRange address))
        {
            (address.IsV6 ? _v6 : _v4).Find(address.Low, state);
        }
    }

    /// <summary>Notes the tests that a number satisfies.</summary>
    internal void TestNumber(ReadOnlySpan<byte> text, MatchState state)
    {
        // Writing the shortest text of a double costs more than finding that no range contains it.
        if (!_numbers.IsEmpty && JsonNumbers.TryRead(text, out double value, out JsonNumbers.Decimal exact)
            && _numbers.Any(value) && JsonNumbers.IsExact(value, exact))
        {
            _numbers.Find(value, state);
        }

        Note(_numberTexts.Find(text), _numberTextTests, state);
    }

    /// <summary>Notes the tests that true, false or null satisfies.</summary>
    internal void TestWord(byte first, MatchState state) => Note(first == 't' ? _trues : first == 'f' ? _falses : _nulls, state);

    internal static bool IsCaseless(PatternTestKind kind) =>
        kind is PatternTestKind.IgnoreCase or PatternTestKind.PrefixIgnoreCase or PatternTestKind.SuffixIgnoreCase;

    private static void Note(int found, int[][] tests, MatchState state)
    {
        if (found >= 0)
        {
            Note(tests[found], state);
        }
    }

    private static void Note(ReadOnlySpan<int> tests, MatchState state)
    {
        foreach (int test in tests)
        {
            state.Hit(test);
        }
    }

    // An ASCII letter in a pattern stands for itself in both cases and for no other letter.
    private static IEnumerable<(byte[] Text, int Number)> Folded(
        ILookup<PatternTestKind, (PatternTest Test, int Number)> kinds, PatternTestKind kind) =>
        kinds[kind].Where(static t => Ascii.IsValid(t.Test.Text))
            .Select(static t => (Array.ConvertAll(Encoding.ASCII.GetBytes(t.Test.Text), CaselessText.Fold), t.Number));

    private static (ByteStringTable Table, int[][] Tests) Table(IEnumerable<(byte[] Text, int Number)> entries)
    {
        IGrouping<string, (byte[] Text, int Number)>[] groups =
            [.. entries.GroupBy(static e => Convert.ToHexString(e.Text), StringComparer.Ordinal)];
        return (new ByteStringTable([.. groups.Select(static g => g.First().Text)]),
            [.. groups.Select(static g => g.Select(static e => e.Number).ToArray())]);
    }

    private static IntervalIndex<UInt128> Addresses(ILookup<PatternTestKind, (PatternTest Test, int Number)> kinds, bool isV6) =>
        new(kinds[PatternTestKind.Address].Where(t => t.Test.Addresses.IsV6 == isV6)
            .Select(static t => (t.Test.Addresses.Low, t.Test.Addresses.High, t.Number)));
}
