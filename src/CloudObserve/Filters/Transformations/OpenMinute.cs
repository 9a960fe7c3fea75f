namespace CloudObserve.Filters.Transformations;

/// <summary>A minute that had events.</summary>
/// <param name="Start">When it began.</param>
/// <param name="Matched">Whether one of them matched.</param>
internal readonly record struct OpenMinute(DateTimeOffset Start, bool Matched);
