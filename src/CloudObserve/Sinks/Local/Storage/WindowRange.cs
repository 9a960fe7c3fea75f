namespace CloudObserve.Sinks.Local.Storage;

/// <summary>A span of time cut into windows of equal length, all in seconds since 1970.</summary>
/// <param name="Start">Where the first window begins; inclusive.</param>
/// <param name="End">Where the span ends; exclusive.</param>
/// <param name="Period">The length of a window.</param>
internal readonly record struct WindowRange(long Start, long End, long Period)
{
    internal long WindowOf(long time) => Start + ((time - Start) / Period * Period);
}
