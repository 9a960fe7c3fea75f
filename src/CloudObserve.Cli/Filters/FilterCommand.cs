using System.CommandLine;

namespace CloudObserve.Cli.Filters;

/// <summary><c>cloudobserve filter</c>: what can be done with a filter pattern.</summary>
internal static class FilterCommand
{
    internal static Command Create(StandardStreams streams) => new("filter", "Tries, explains and exports filters of CloudWatch Logs.")
    {
        FilterTestCommand.Create(streams),
        FilterExplainCommand.Create(),
        FilterExportCommand.Create(streams),
    };
}
