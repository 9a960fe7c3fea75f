using System.CommandLine;

namespace CloudObserve.Cli.Trails;

/// <summary><c>cloudobserve trail</c>: what can be done with an audit trail.</summary>
internal static class TrailCommand
{
    internal static Command Create(StandardStreams streams) => new("trail", "Searches and verifies audit trails, those of the library and copies of CloudTrail's buckets.")
    {
        TrailLookupCommand.Create(streams),
        TrailVerifyCommand.Create(streams),
    };
}
