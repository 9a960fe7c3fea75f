namespace CloudObserve.Sinks.Local.Storage;

/// <summary>A place in the order of log events: by their own time, and by arrival within a time.</summary>
/// <param name="Timestamp">In milliseconds since 1970.</param>
/// <param name="Id">The number of arrival.</param>
internal readonly record struct LogPosition(long Timestamp, long Id) : IComparable<LogPosition>
{
    /// <summary>Before every event there can be.</summary>
    internal static readonly LogPosition Start = new(-1, 0);

    public static bool operator <(LogPosition left, LogPosition right) => left.CompareTo(right) < 0;

    public static bool operator >(LogPosition left, LogPosition right) => left.CompareTo(right) > 0;

    public static bool operator <=(LogPosition left, LogPosition right) => left.CompareTo(right) <= 0;

    public static bool operator >=(LogPosition left, LogPosition right) => left.CompareTo(right) >= 0;

    public int CompareTo(LogPosition other) =>
        Timestamp == other.Timestamp ? Id.CompareTo(other.Id) : Timestamp.CompareTo(other.Timestamp);
}
