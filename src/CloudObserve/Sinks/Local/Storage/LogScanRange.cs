
namespace CloudObserve.Sinks.Local.Storage;

/// <summary>The events that a <see cref="LogScan"/> reads.</summary>
/// <param name="Group">The log group.</param>
/// <param name="Streams">The names of the log streams; none are all streams with the prefix.</param>
/// <param name="StreamPrefix">The prefix of the names of log streams.</param>
/// <param name="Start">The time of the first event, inclusive, in milliseconds since 1970.</param>
/// <param name="End">The time of the last event, inclusive, in milliseconds since 1970.</param>
/// <param name="IsBackward">Whether the newest event comes first.</param>
/// <param name="From">The position that the scan continues from, exclusive; <see langword="null"/> for the whole range.</param>
internal sealed record LogScanRange(
    string Group, IReadOnlyList<string> Streams, string StreamPrefix, long Start, long End, bool IsBackward, LogPosition? From);
