namespace CloudObserve.Local;

/// <summary>One page of a log stream.</summary>
/// <param name="Events">The events, in ascending order of time for either direction.</param>
/// <param name="NextForwardToken">The token for newer events. At the end of the stream it is the token that was passed in.</param>
/// <param name="NextBackwardToken">The token for older events. At the beginning of the stream it is the token that was passed in.</param>
public sealed record GetLogEventsResponse(IReadOnlyList<OutputLogEvent> Events, string NextForwardToken, string NextBackwardToken);
