using System.CommandLine;

namespace CloudObserve.Cli.Filters;

/// <summary>Defines <c>cloudobserve filter</c>, the commands for filter patterns.</summary>
internal static class FilterCommand
{
    internal static Command Create(StandardStreams streams) => new("filter", "Tests, explains and exports filters of CloudWatch Logs.")
    {
        FilterTestCommand.Create(streams),
        FilterExplainCommand.Create(),
        FilterExportCommand.Create(streams),
    };
}
