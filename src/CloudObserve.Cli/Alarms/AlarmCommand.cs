using System.CommandLine;
using CloudObserve.Cli.Alarms.Scenarios;

namespace CloudObserve.Cli.Alarms;

/// <summary>Defines <c>cloudobserve alarm</c>, the commands for CloudWatch alarms.</summary>
internal static class AlarmCommand
{
    internal static Command Create(StandardStreams streams) => new(
        "alarm", "Evaluates, tests, imports and exports Amazon CloudWatch alarms.")
    {
        AlarmBacktestCommand.Create(streams),
        AlarmRuleCommand.Create(),
        AlarmTestCommand.Create(streams),
        AlarmImportCommand.Create(streams),
        AlarmExportCommand.Create(streams),
    };
}
