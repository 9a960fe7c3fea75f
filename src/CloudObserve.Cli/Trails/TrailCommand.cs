using System.CommandLine;

namespace CloudObserve.Cli.Trails;

/// <summary>Defines <c>cloudobserve trail</c>, the commands for audit trails.</summary>
internal static class TrailCommand
{
    internal static Command Create(StandardStreams streams) =>
        new("trail", "Searches and verifies audit trails of the library and copies of CloudTrail's buckets.")
    {
        TrailLookupCommand.Create(streams),
        TrailVerifyCommand.Create(streams),
    };
}
