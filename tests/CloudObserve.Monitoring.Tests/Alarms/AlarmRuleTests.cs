using FsCheck;
using FsCheck.Fluent;

namespace CloudObserve.Monitoring.Tests.Alarms;

/// <summary>The language of composite alarms.</summary>
public sealed class AlarmRuleTests
{
    private static readonly string[] Names = ["a", "b", "two words", "comma, (inside)", "NOT", "quote\"", "back\\slash"];

    [Theory]
    [InlineData("GARBAGE(x", 0)]
    [InlineData("TRUE or FALSE", 5)]
    [InlineData("ALARM(an alarm)", 9)]
    [InlineData("AT_LEAST(1.5, ALARM, (m, s))", 9)]
    [InlineData("AT_LEAST(1, BOGUS, (m, s))", 12)]
    [InlineData("NOT", 3)]
    [InlineData("(ALARM(a)", 9)]
    [InlineData("ALARM(\"a)", 6)]
    [InlineData("ALARM(a,b)", 7)]
    [InlineData("", 0)]
    [InlineData(" ", 1)]
    [InlineData("ALARM(NOT)", 6)]
    [InlineData("AT_LEAST(99999999999999999999, OK, (a))", 0)]
    public void A_fault_has_its_position(string rule, int position) =>
        Assert.Equal(position, Assert.Throws<AlarmRuleException>(() => AlarmRule.Parse(rule)).Position);

    [Fact]
    public void Children_are_listed_once_in_the_order_of_the_rule() =>
        Assert.Equal(["b", "two words", "a"], AlarmRule.Parse("OK(b) OR (ALARM(\"two words\") AND AT_LEAST(1, NOT OK, (a, b)))").Children);

    [Fact]
    public void The_state_of_an_ARN_is_asked_for_by_its_name()
    {
        AlarmRule rule = AlarmRule.Parse("ALARM(arn:aws:cloudwatch:eu-west-1:111122223333:alarm:db:lag)");

        Assert.Equal(AlarmState.Alarm, rule.Evaluate(name => name == "db:lag" ? AlarmState.Alarm : throw new ArgumentException(name)));
    }

    [Fact]
    public void A_rule_of_10240_characters_is_parsed_however_deep_it_is()
    {
        Assert.Equal(AlarmState.Alarm, Evaluate(string.Concat(Enumerable.Repeat("NOT ", 2558)) + "TRUE"));
        Assert.Equal(AlarmState.Alarm, Evaluate(new string('(', 499) + "TRUE" + new string(')', 499)));
        _ = Assert.Throws<AlarmRuleException>(() => AlarmRule.Parse(new string('(', 5000) + "TRUE" + new string(')', 5000)));
        _ = Assert.Throws<AlarmRuleException>(() => AlarmRule.Parse(new string('(', 10_240)));
        _ = Assert.Throws<AlarmRuleException>(() => AlarmRule.Parse("TRUE" + new string(' ', 10_240)));

        static AlarmState Evaluate(string rule) => AlarmRule.Parse(rule).Evaluate(_ => AlarmState.Ok);
    }

    [Fact]
    public void A_rule_has_at_most_100_alarms_and_500_elements()
    {
        string Rule(int alarms, int terms) => string.Join(" OR ", Enumerable.Range(0, terms).Select(i => $"OK(a{i % alarms})"));

        Assert.Equal(100, AlarmRule.Parse(Rule(100, 500)).Children.Count);
        _ = Assert.Throws<AlarmRuleException>(() => AlarmRule.Parse(Rule(101, 101)));
        _ = Assert.Throws<AlarmRuleException>(() => AlarmRule.Parse(Rule(1, 501)));
    }

    [Fact]
    public void Any_rule_has_the_value_of_its_parts()
    {
        var rules =
            from rule in Rules(4)
            from states in Gen.Elements(Enum.GetValues<AlarmState>()).ArrayOf(Names.Length)
            select (rule, states);

        Prop.ForAll(rules.ToArbitrary(), r =>
        {
            AlarmState State(string name) => r.states[Array.IndexOf(Names, name)];
            return AlarmRule.Parse(r.rule.Text).Evaluate(State) == (r.rule.Value(State) ? AlarmState.Alarm : AlarmState.Ok);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000).WithReplay(20260301, 1));
    }

    [Fact]
    public void Any_text_is_a_rule_or_a_fault_with_a_position_in_it()
    {
        string[] words =
        [
            "ALARM", "OK", "INSUFFICIENT_DATA", "AT_LEAST", "AND", "OR", "NOT", "TRUE", "FALSE", "(", ")", ",", "\"", "\\", "a", "50%", "2",
            " ", "\n", "arn:aws:cloudwatch:::alarm:x", "<EOF>", "é", "\0", "-1", "%",
        ];
        Gen<string> texts = Gen.Elements(words).ListOf().Select(string.Concat);

        Prop.ForAll(texts.ToArbitrary(), text =>
        {
            try
            {
                _ = AlarmRule.Parse(text).Evaluate(_ => AlarmState.Ok);
                return true;
            }
            catch (AlarmRuleException exception)
            {
                return exception.Position >= 0 && exception.Position <= text.Length;
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20_000).WithReplay(20260301, 1));
    }

    private static Gen<(string Text, Func<Func<string, AlarmState>, bool> Value)> Rules(int depth)
    {
        Gen<(string Text, Func<Func<string, AlarmState>, bool> Value)> tests =
            from name in Gen.Elements(Names)
            from state in Gen.Elements(Enum.GetValues<AlarmState>())
            select ($"{Name(state)}({Quoted(name)})", (Func<Func<string, AlarmState>, bool>)(states => states(name) == state));
        Gen<(string Text, Func<Func<string, AlarmState>, bool> Value)> counts =
            from names in Gen.Elements(Names).ListOf().Where(n => n.Count is > 0 and < 5)
            from state in Gen.Elements(Enum.GetValues<AlarmState>())
            from negated in Gen.Elements(true, false)
            from least in Gen.Choose(1, names.Count)
            select ($"AT_LEAST({least}, {(negated ? "NOT " : "")}{Name(state)}, ({string.Join(",", names.Select(Quoted))}))",
                (Func<Func<string, AlarmState>, bool>)(states => names.Count(n => (states(n) == state) != negated) >= least));
        if (depth == 0)
        {
            return Gen.OneOf(tests, counts);
        }

        Gen<(string Text, Func<Func<string, AlarmState>, bool> Value)> inner = Rules(depth - 1);
        return Gen.OneOf(
            tests,
            inner.Select(r => ($"NOT ({r.Text})", (Func<Func<string, AlarmState>, bool>)(s => !r.Value(s)))),
            from left in inner
            from right in inner
            from isAnd in Gen.Elements(true, false)
            select ($"({left.Text}) {(isAnd ? "AND" : "OR")} ({right.Text})",
                (Func<Func<string, AlarmState>, bool>)(s => isAnd ? left.Value(s) && right.Value(s) : left.Value(s) || right.Value(s))));
    }

    private static string Name(AlarmState state) => Monitoring.Alarms.AlarmStates.ToName(state);

    private static string Quoted(string name) => $"\"{Escaped(Escaped(name, "\\"), "\"")}\"";

    private static string Escaped(string name, string character) => name.Replace(character, "\\" + character, StringComparison.Ordinal);
}
