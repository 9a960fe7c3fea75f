using System.CommandLine;
using CloudObserve.Diagnostics;
using CloudObserve.Monitoring;
using CloudObserve.Monitoring.Alarms;

namespace CloudObserve.Cli.Alarms;

/// <summary>Defines <c>cloudobserve alarm rule</c>, which evaluates the rule of a composite alarm on given states.</summary>
internal sealed class AlarmRuleCommand
{
    // A composite alarm must have a name that differs from those of the alarms in its rule. No alarm can have this one.
    private const string OwnName = "\u0001";

    private const string DefaultRegion = "us-east-1";

    private readonly Argument<string> _rule = new("RULE") { Description = "The rule, for example 'ALARM(a) AND NOT OK(b)'." };
    private readonly Option<string[]> _states = new("--states")
    {
        Description = "The states of all existing alarms, for example a=ALARM,b=OK,c=INSUFFICIENT_DATA.",
        HelpName = "NAME=STATE,...",
    };

    private readonly Option<string?> _region = new("--region")
    {
        Description = $"The region of the alarms in ARNs. The default is that of the environment, or {DefaultRegion}.",
        HelpName = "REGION",
    };

    private readonly Option<string?> _account = new("--account")
    {
        Description = "The account of the alarms in ARNs. By default, it may be any, but only one.",
        HelpName = "ID",
    };

    internal static Command Create() => new AlarmRuleCommand().CreateCommand();

    private static string Evaluate(string text, Dictionary<string, AlarmState> states, string region, string? account)
    {
        AlarmRule rule = Parse(text);
        CompositeAlarmDefinition definition = new() { AlarmName = OwnName, AlarmRule = text };
        IReadOnlyList<string> faults = definition.Validate(states.Keys, region, account);
        if (faults.Count > 0)
        {
            string hint = rule.Children.All(states.ContainsKey) ? "" : "\n--states must give the state of each alarm that the rule names.";
            throw new CommandException(string.Join('\n', faults) + hint);
        }

        return AlarmStates.ToName(rule.Evaluate(name => states[name]));
    }

    private static AlarmRule Parse(string text)
    {
        try
        {
            return AlarmRule.Parse(text);
        }
        catch (AlarmRuleException exception)
        {
            throw new CommandException(
                $"the rule is invalid at position {exception.Position}:\n{Caret.Mark(text, exception.Position, exception.Message)}");
        }
    }

    private Command CreateCommand()
    {
        Command command = new("rule", "Evaluates the rule of a composite alarm on given states, and prints ALARM or OK.")
        {
            _rule, _states, _region, _account,
        };
        command.SetAction(Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        Dictionary<string, AlarmState> states = new(StringComparer.Ordinal);
        foreach (string text in parsed.GetValue(_states) ?? [])
        {
            AlarmStateList.Read(text, states);
        }

        string region = parsed.GetValue(_region)
            ?? Environment.GetEnvironmentVariable("AWS_REGION")
            ?? Environment.GetEnvironmentVariable("AWS_DEFAULT_REGION")
            ?? DefaultRegion;
        parsed.InvocationConfiguration.Output.WriteLine(Evaluate(parsed.GetValue(_rule)!, states, region, parsed.GetValue(_account)));
        return ExitStatus.Success;
    }
}
