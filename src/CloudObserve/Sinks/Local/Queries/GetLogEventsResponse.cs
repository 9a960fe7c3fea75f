namespace CloudObserve.Sinks.Local.Queries;

/// <summary>One page of a log stream.</summary>
/// <param name="Events">The events, ascending in time whatever the direction.</param>
/// <param name="NextForwardToken">What to ask for newer events with. At the stream's end it is the token that was given.</param>
/// <param name="NextBackwardToken">What to ask for older events with. At the stream's beginning it is the token that was given.</param>
public sealed record GetLogEventsResponse(IReadOnlyList<OutputLogEvent> Events, string NextForwardToken, string NextBackwardToken);
