using System.Globalization;

namespace CloudObserve.Monitoring.Alarms.Muting;

/// <summary>Represents the schedule of a mute rule: windows that begin by a cron expression, or one window at a time.</summary>
internal sealed class MuteSchedule
{
    private const string CronPrefix = "cron(";
    private const string AtPrefix = "at(";
    private const string AtFormat = "yyyy-MM-dd'T'HH:mm";

    // No zone sets its clock back by more.
    private static readonly TimeSpan MaxShift = TimeSpan.FromHours(2);

    private readonly CronExpression? _cron;
    private readonly DateTime _at;
    private readonly TimeZoneInfo _zone;

    private MuteSchedule(CronExpression? cron, DateTime at, TimeZoneInfo zone, TimeSpan duration)
    {
        _cron = cron;
        _at = at;
        _zone = zone;
        Duration = duration;
    }

    /// <summary>Gets the length of a window.</summary>
    internal TimeSpan Duration { get; }

    /// <exception cref="FormatException">The expression, the duration or the time zone is invalid.</exception>
    internal static MuteSchedule Parse(string expression, string duration, string? timezone)
    {
        TimeSpan length = MuteDuration.Parse(duration);
        TimeZoneInfo zone = Zone(timezone);
        if (Inner(expression, CronPrefix) is { } cron)
        {
            return new MuteSchedule(CronExpression.Parse(cron), default, zone, length);
        }

        if (Inner(expression, AtPrefix) is { } at
            && DateTime.TryParseExact(at, AtFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime time))
        {
            return new MuteSchedule(null, time, zone, length);
        }

        throw new FormatException(
            $"Expression '{expression}' must be cron(Minutes Hours Day-of-month Month Day-of-week) or at(yyyy-MM-ddThh:mm).");
    }

    /// <summary>Returns the start of the window that a time is in; <see langword="null"/> if it is in none.</summary>
    internal DateTimeOffset? WindowAt(DateTimeOffset now)
    {
        // When the clock is set back, the last start can have a later local time than now. So the search begins later, and goes back.
        DateTime local = Local(now);
        DateTime? start = _cron is null ? _at : Previous(local < DateTime.MaxValue - MaxShift ? local + MaxShift : DateTime.MaxValue);
        while (_cron is not null && start is { } later && Utc(later) > now)
        {
            start = later > DateTime.MinValue.AddMinutes(1) ? Previous(later.AddMinutes(-1)) : null;
        }

        return start is { } time && Utc(time) is var begin && begin <= now && now - begin < Duration ? begin : null;
    }

    /// <summary>Returns the start of the next window after a time; <see langword="null"/> if there is none.</summary>
    internal DateTimeOffset? NextAfter(DateTimeOffset now)
    {
        DateTime? start = _cron is null ? _at : _cron.Next(Local(now));
        while (_cron is not null && start is { } earlier && Utc(earlier) <= now)
        {
            start = _cron.Next(earlier);
        }

        return start is { } time && Utc(time) is var begin && begin > now ? begin : null;
    }

    private static string? Inner(string expression, string prefix) =>
        expression.StartsWith(prefix, StringComparison.Ordinal) && expression.EndsWith(')') ? expression[prefix.Length..^1] : null;

    private static TimeZoneInfo Zone(string? timezone)
    {
        try
        {
            return timezone is null ? TimeZoneInfo.Utc : TimeZoneInfo.FindSystemTimeZoneById(timezone);
        }
        catch (Exception exception) when (exception
            is TimeZoneNotFoundException or InvalidTimeZoneException or ArgumentException or System.Security.SecurityException)
        {
            throw new FormatException($"Timezone '{timezone}' must be a time zone such as Europe/London or UTC.", exception);
        }
    }

    private DateTime Local(DateTimeOffset now) => TimeZoneInfo.ConvertTime(now, _zone).DateTime;

    // A day more than the longest window, because a change of the clock can move its start.
    private DateTime? Previous(DateTime local) => _cron!.Previous(local, (int)MuteDuration.Max.TotalDays + 1);

    // A local time that the clock skips begins the window when the clock is moved. One that occurs twice begins it the first time.
    private DateTimeOffset Utc(DateTime local)
    {
        while (_zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(1);
        }

        TimeSpan offset = _zone.IsAmbiguousTime(local) ? _zone.GetAmbiguousTimeOffsets(local).Max() : _zone.GetUtcOffset(local);
        return new DateTimeOffset(Math.Clamp(local.Ticks - offset.Ticks, 0, DateTime.MaxValue.Ticks), TimeSpan.Zero);
    }
}
