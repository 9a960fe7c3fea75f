using System.CommandLine;

namespace CloudObserve.Cli.Alarms;

/// <summary>Defines <c>cloudobserve alarm</c>, which evaluates CloudWatch alarms without AWS.</summary>
internal static class AlarmCommand
{
    internal static Command Create(StandardStreams streams) => new("alarm", "Evaluates Amazon CloudWatch alarms on files and given states.")
    {
        AlarmBacktestCommand.Create(streams),
        AlarmRuleCommand.Create(),
    };
}
