using System.Text;
using CloudObserve.Filters;
using CloudObserve.Filters.Patterns.Syntax;
using CloudObserve.Tests.Filters.Reference;

namespace CloudObserve.Tests.Filters;

/// <summary>The engine against the slow and obvious one, over generated patterns and events.</summary>
public sealed class FilterPatternReferenceTests
{
    [Fact]
    public void Term_patterns_match_what_the_reference_matches() =>
        Compare(3000, static (patterns, events) => (patterns.Terms(), events.Line()));

    [Fact]
    public void Space_delimited_patterns_match_what_the_reference_matches() =>
        Compare(6000, static (patterns, events) => (patterns.Fields(), events.Line()));

    [Fact]
    public void Json_patterns_match_what_the_reference_matches() =>
        Compare(6000, static (patterns, events) => (patterns.Json(), events.Json()));

    [Fact]
    public void A_canonical_form_parses_to_itself_and_matches_the_same()
    {
        Generated.ForAllSeeds(2000, random =>
        {
            SyntaxGenerator patterns = new(random);
            EventGenerator events = new(random);
            FilterPattern pattern = FilterPattern.Parse(PatternPrinter.Print(patterns.Any()));
            FilterPattern again = FilterPattern.Parse(pattern.ToString());
            string message = pattern.Kind == FilterPatternKind.Json ? events.Json() : events.Line();

            Assert.Equal(again.Text, again.ToString());
            Assert.Equal(pattern.IsMatch(Utf8(message)), again.IsMatch(Utf8(message)));
            Assert.Equal(pattern.Explain(), again.Explain());
        });
    }

    [Fact]
    public void Fields_are_those_that_the_reference_finds()
    {
        Generated.ForAllSeeds(2000, random =>
        {
            SyntaxGenerator patterns = new(random);
            FieldsSyntax syntax = patterns.Fields();
            string message = new EventGenerator(random).Line();
            List<(string Name, string Value)> found = [];
            foreach (FilterField field in FilterPattern.Parse(PatternPrinter.Print(syntax)).GetFields(Utf8(message)))
            {
                found.Add((field.Name, Encoding.UTF8.GetString(field.Value)));
            }

            Assert.Equal(new ReferenceEvaluator(patterns.Regexes).Fields(syntax, message) ?? [], found);
        });
    }

    [Fact]
    public void A_set_matches_and_captures_what_its_patterns_do_one_by_one()
    {
        Generated.ForAllSeeds(200, random =>
        {
            SyntaxGenerator generator = new(random);
            EventGenerator events = new(random);
            FilterExtractor[] patterns = [.. Enumerable.Range(0, random.Next(1, 80)).Select(_ => Selecting(generator, random))];
            FilterPatternSet set = new(patterns);
            byte[] message = Utf8(random.Chance(2) ? events.Json() : events.Line());
            ulong[] matches = new ulong[set.MatchWords];
            FilterCapture[] captures = new FilterCapture[set.CaptureCount];

            bool any = set.Match(message, matches, captures);

            for (int i = 0; i < patterns.Length; i++)
            {
                FilterCapture[] alone = new FilterCapture[patterns[i].Count];
                bool expected = patterns[i].TryMatch(message, alone);
                Assert.Equal(expected, (matches[i / 64] >> (i % 64) & 1) != 0);
                Assert.True(!expected || (any && captures.AsSpan(set.FirstCapture(i), alone.Length).SequenceEqual(alone)));
            }
        });
    }

    private static FilterExtractor Selecting(SyntaxGenerator generator, Random random)
    {
        FilterPattern pattern = FilterPattern.Parse(PatternPrinter.Print(generator.Any()));
        int wildcards = 0;
        return pattern.Kind == FilterPatternKind.Json && random.Chance(2)
            ? pattern.Select(PatternPrinter.Print(generator.Path(ref wildcards)), "$.a")
            : pattern.Select();
    }

    private static void Compare(int times, Func<SyntaxGenerator, EventGenerator, (PatternSyntax Syntax, string Message)> generate)
    {
        int matched = 0;
        Generated.ForAllSeeds(times, random =>
        {
            SyntaxGenerator patterns = new(random);
            (PatternSyntax syntax, string message) = generate(patterns, new EventGenerator(random));
            string text = PatternPrinter.Print(syntax);
            bool expected = new ReferenceEvaluator(patterns.Regexes).IsMatch(syntax, message);

            bool found = FilterPattern.Parse(text).IsMatch(Utf8(message));

            matched += found ? 1 : 0;
            Assert.True(expected == found, $"expected {expected} of\n{text}\non\n{message}");
        });

        // Agreement says little if everything, or nothing, matches.
        Assert.InRange(matched, times / 20, times - (times / 20));
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
