using System.CommandLine;

namespace CloudObserve.Cli.Logs;

/// <summary>Defines <c>cloudobserve logs</c>, the group of commands for log events.</summary>
internal static class LogsCommand
{
    internal static Command Create(StandardStreams streams) => new("logs", "Queries log events, and finds the patterns of log messages.")
    {
        LogsPatternsCommand.Create(streams),
        LogsQueryCommand.Create(streams),
    };
}
