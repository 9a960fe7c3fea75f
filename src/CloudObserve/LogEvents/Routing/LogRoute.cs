using System.Diagnostics;

namespace CloudObserve.LogEvents.Routing;

/// <summary>Represents the destination of events: one log group and stream.</summary>
/// <remarks>There is one instance for each pair, so routes are compared by reference.</remarks>
/// <threadsafety>The names are immutable; the rest belongs to the router and is not safe for concurrent use.</threadsafety>
[DebuggerDisplay("{LogGroup} {LogStream}")]
internal sealed class LogRoute(string logGroup, string logStream)
{
    internal string LogGroup { get; } = logGroup;

    internal string LogStream { get; } = logStream;

    /// <summary>Gets or sets the router's round in which the route was last returned.</summary>
    internal long UsedInRound { get; set; }
}
