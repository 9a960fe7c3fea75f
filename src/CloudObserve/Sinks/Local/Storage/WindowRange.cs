namespace CloudObserve.Sinks.Local.Storage;

/// <summary>A time range divided into windows of equal length, in seconds since 1970.</summary>
/// <param name="Start">The start of the first window, inclusive.</param>
/// <param name="End">The end of the range, exclusive.</param>
/// <param name="Period">The length of a window.</param>
internal readonly record struct WindowRange(long Start, long End, long Period)
{
    internal long WindowOf(long time) => Start + ((time - Start) / Period * Period);
}
