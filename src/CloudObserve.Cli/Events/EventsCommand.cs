using System.CommandLine;

namespace CloudObserve.Cli.Events;

/// <summary>Defines <c>cloudobserve events</c>, the commands for events and rules.</summary>
internal static class EventsCommand
{
    internal static Command Create(StandardStreams streams) => new("events", "Tests event patterns of Amazon EventBridge.")
    {
        EventsTestCommand.Create(streams),
    };
}
