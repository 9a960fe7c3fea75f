namespace CloudObserve.Sinks.Local.Storage;

/// <summary>The position of a log event in the order by timestamp, and by arrival within the same timestamp.</summary>
/// <param name="Timestamp">The timestamp in milliseconds since 1970.</param>
/// <param name="Id">The sequence number of arrival.</param>
internal readonly record struct LogPosition(long Timestamp, long Id) : IComparable<LogPosition>
{
    /// <summary>The position before every possible event.</summary>
    internal static readonly LogPosition Start = new(-1, 0);

    public static bool operator <(LogPosition left, LogPosition right) => left.CompareTo(right) < 0;

    public static bool operator >(LogPosition left, LogPosition right) => left.CompareTo(right) > 0;

    public static bool operator <=(LogPosition left, LogPosition right) => left.CompareTo(right) <= 0;

    public static bool operator >=(LogPosition left, LogPosition right) => left.CompareTo(right) >= 0;

    public int CompareTo(LogPosition other) =>
        Timestamp == other.Timestamp ? Id.CompareTo(other.Id) : Timestamp.CompareTo(other.Timestamp);
}
