using System.Text;
using CloudObserve.Filters;
using CloudObserve.Filters.Patterns;
using CloudObserve.Filters.Patterns.Regexes;
using CloudObserve.Filters.Patterns.Syntax;
using CloudObserve.Tests.Filters.Reference;

namespace CloudObserve.Tests.Filters.Patterns;

public sealed class RegexProgramTests
{
    private static readonly string[] Letters = ["a", "b", "c", "A", "1", " ", ".", "-", "*", ":", "_", "]", "\n", "\t", "é", "ß", "😀"];

    [Fact]
    public void An_expression_matches_what_the_frameworks_engine_matches()
    {
        int matched = 0;
        Generated.ForAllSeeds(1500, random =>
        {
            ReferenceRegex reference = new(random);
            string source = reference.Next();
            RegexProgram program = Compile(source);
            for (int i = 0; i < 10; i++)
            {
                string text = random.Chance(8)
                    ? new string(random.Pick('a', 'b', '1'), random.Next(90)) : random.Join(0, 12, () => random.Pick(Letters));
                bool expected = reference.IsMatch(source, text);
                matched += expected ? 1 : 0;
                Assert.True(expected == program.IsMatch(Encoding.UTF8.GetBytes(text)),
                    $"%{source}% on \"{text}\": {expected} was expected");
            }
        });
        Assert.InRange(matched, 1500, 13500);
    }

    [Theory]
    [InlineData("a.c", "aéc", true)]
    [InlineData("a.c", "a😀c", true)]
    [InlineData("^.$", "😀", true)]
    [InlineData("^..$", "é", false)]
    [InlineData("a[^b]c", "a日c", true)]
    [InlineData(@"^\D{2}$", "日本", true)]
    [InlineData(@"\w", "é", false)]
    [InlineData("a.c", "a\nc", false)]
    [InlineData("a$", "a\n", false)]
    [InlineData("^$", "", true)]
    [InlineData("^$", "x", false)]
    [InlineData("$^", "", true)]
    [InlineData("a^b", "ab", false)]
    [InlineData("a*^b", "b", true)]
    [InlineData("a|", "x", true)]
    [InlineData("a{64}b{64}c", "aaa", false)]
    public void A_character_is_a_character_and_an_anchor_is_an_end_of_the_text(string source, string text, bool expected) =>
        Assert.Equal(expected, Compile(source).IsMatch(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void A_run_of_optional_positions_is_passed_over_across_words()
    {
        RegexProgram program = Compile("^xa{0,200}y$");

        for (int count = 0; count <= 202; count++)
        {
            Assert.Equal(count <= 200, program.IsMatch(Encoding.ASCII.GetBytes($"x{new string('a', count)}y")));
        }
    }

    [Theory]
    [InlineData("a.{200}b")]
    [InlineData("a*a*a*a*a*a*a*a*b")]
    [InlineData(".*.*.*=.*c")]
    public void The_work_on_a_hostile_event_is_bounded_by_its_length(string source)
    {
        byte[] hostile = Encoding.ASCII.GetBytes(new string('a', 1_000_000));
        RegexProgram program = Compile(source);

        WorkMeter.Reset();
        Assert.False(program.IsMatch(hostile));

        Assert.InRange(WorkMeter.Steps, 0, 10L * hostile.Length);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_no_fault()
    {
        Generated.ForAllSeeds(500, random =>
        {
            byte[] bytes = new byte[random.Next(40)];
            random.NextBytes(bytes);
            _ = Compile(new ReferenceRegex(random).Next()).IsMatch(bytes);
        });
    }

    private static RegexProgram Compile(string source)
    {
        PatternSyntax? syntax = PatternParser.Parse($"%{source}%", out FilterPatternError? error);
        Assert.Null(error);
        return RegexCompiler.Compile(((RegexOperand)((TermsSyntax)syntax!).Terms[0].Operand).Regex);
    }
}
