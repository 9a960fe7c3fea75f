namespace CloudObserve.Monitoring.Anomalies;

/// <summary>Holds the positions of a time in the seasons: in the hour, in the day and in the week.</summary>
/// <param name="InHour">The twelfth of the hour, 0 to 11.</param>
/// <param name="InDay">The quarter-hour of the day, 0 to 95.</param>
/// <param name="InWeek">The hour of the week, 0 to 167, where 0 is the first hour of Sunday.</param>
internal readonly record struct TimeSlots(int InHour, int InDay, int InWeek)
{
    internal const int PerHour = 12;
    internal const int PerDay = 96;
    internal const int PerWeek = 168;
    internal const int HoursPerDay = 24;

    /// <summary>Gets the hour of the day, 0 to 23.</summary>
    internal int Hour => InWeek % HoursPerDay;

    internal static TimeSlots Of(DateTime local) => new(
        local.Minute / (60 / PerHour),
        (local.Hour * (PerDay / HoursPerDay)) + (local.Minute / (60 * HoursPerDay / PerDay)),
        ((int)local.DayOfWeek * HoursPerDay) + local.Hour);
}
