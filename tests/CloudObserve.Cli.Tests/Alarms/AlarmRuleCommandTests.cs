namespace CloudObserve.Cli.Tests.Alarms;

/// <summary><c>cloudobserve alarm rule</c>.</summary>
public sealed class AlarmRuleCommandTests
{
    [Theory]
    [InlineData("ALARM(a) AND NOT OK(b)", "a=ALARM,b=OK", "OK")]
    [InlineData("ALARM(a) OR OK(b)", "a=ALARM,b=OK", "ALARM")]
    [InlineData("ALARM(\"comma, inside\") AND INSUFFICIENT_DATA(\"a=b\")", "comma, inside=ALARM,a=b=INSUFFICIENT_DATA", "ALARM")]
    [InlineData("ALARM(\"x=OK,y\")", "\"x=OK,y\"=ALARM", "ALARM")]
    [InlineData("ALARM(a)", " a=ALARM , b=OK", "ALARM")]
    [InlineData("ALARM(arn:aws:cloudwatch:us-east-1:111122223333:alarm:db:lag)", "db:lag=ALARM", "ALARM")]
    [InlineData("AT_LEAST(50%, NOT ALARM, (a, b))", "a=ALARM,b=OK", "ALARM")]
    public async Task A_rule_is_evaluated_on_the_given_states(string rule, string states, string expected)
    {
        CommandRun run = await CommandRun.Of("alarm", "rule", rule, "--states", states);

        Assert.Equal((0, expected + "\n"), (run.Status, run.Output));
    }

    [Fact]
    public async Task A_rule_without_alarms_needs_no_states()
    {
        CommandRun run = await CommandRun.Of("alarm", "rule", "NOT FALSE");

        Assert.Equal((0, "ALARM\n", ""), (run.Status, run.Output, run.Error));
    }

    [Fact]
    public async Task States_can_be_given_in_several_options()
    {
        CommandRun run = await CommandRun.Of("alarm", "rule", "ALARM(a) AND OK(b)", "--states", "a=ALARM", "--states", "b=OK");

        Assert.Equal((0, "ALARM\n"), (run.Status, run.Output));
    }

    [Fact]
    public async Task An_invalid_rule_ends_with_2_and_its_position()
    {
        CommandRun run = await CommandRun.Of("alarm", "rule", "ALARM(a)\nand OK(b)", "--states", "a=ALARM,b=OK");

        Assert.Equal((2, ""), (run.Status, run.Output));
        Assert.Equal(
            "cloudobserve: the rule is invalid at position 9:\n"
            + "ALARM(a) and OK(b)\n"
            + "         ^ Error in AlarmRule [Unsupported token 'and' at char 9, must be: <EOF>, 'AND', 'OR']\n",
            run.Error);
    }

    [Theory]
    [InlineData("ALARM(missing)", "a=ALARM",
        "alarms [arn:aws:cloudwatch:us-east-1:000000000000:alarm:missing] in the alarm rule do not exist")]
    [InlineData("ALARM(arn:aws:cloudwatch:us-west-2:111122223333:alarm:a)", "a=ALARM", "from another AWS region")]
    [InlineData("ALARM(arn:aws:cloudwatch:us-east-1:1:alarm:a) OR OK(arn:aws:cloudwatch:us-east-1:2:alarm:a)", "a=ALARM",
        "from another AWS account")]
    [InlineData("ALARM(a)", "a=ALARM,a=OK", "--states has two states for the alarm 'a'")]
    [InlineData("ALARM(a)", "a=alarm", "--states must be a list such as a=ALARM,b=OK")]
    [InlineData("ALARM(a)", "a", "--states must be a list such as a=ALARM,b=OK")]
    public async Task A_fault_ends_with_2_and_a_message(string rule, string states, string message)
    {
        CommandRun run = await CommandRun.Of("alarm", "rule", rule, "--states", states, "--region", "us-east-1");

        Assert.Equal((2, ""), (run.Status, run.Output));
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_region_and_the_account_can_be_given()
    {
        const string Rule = "ALARM(arn:aws:cloudwatch:eu-west-1:111122223333:alarm:a)";

        Assert.Equal(
            0,
            (await CommandRun.Of(
                "alarm", "rule", Rule, "--states", "a=ALARM", "--region", "eu-west-1", "--account", "111122223333")).Status);
        Assert.Equal(
            2,
            (await CommandRun.Of(
                "alarm", "rule", Rule, "--states", "a=ALARM", "--region", "eu-west-1", "--account", "999988887777")).Status);
    }
}
