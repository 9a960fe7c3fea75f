namespace CloudObserve.Audit.Files;

/// <summary>Represents a line of a trail by its number and hash.</summary>
/// <param name="Sequence">The number of the line; zero if nothing has been written.</param>
/// <param name="Hash">The hash of the line.</param>
internal readonly record struct TrailHead(long Sequence, RecordHash Hash);
