using System.Globalization;

namespace CloudObserve.Monitoring.Alarms.Muting;

/// <summary>Represents the cron expression of a mute rule: minutes, hours, day of month, month and day of week.</summary>
/// <remarks>
/// The dialect is CloudWatch's own: five fields, in each of them <c>*</c>, <c>-</c> and <c>,</c> only, and names of months and days. A
/// library for cron accepts more than that, and would accept rules that CloudWatch refuses. Where CloudWatch's documentation is silent, the
/// rules of Unix apply: Sunday is 0 and 7, and if both days are restricted, either may match.
/// </remarks>
internal sealed class CronExpression
{
    private const int Fields = 5;
    private const int DaysInWeek = 7;

    // The days of a leap year's February are at most 8 years apart, around a year that is divisible by 100.
    private const int MaxDaysAhead = 366 * 8;

    private static readonly string[] MonthNames = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
    private static readonly string[] DayNames = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

    // A bit for each number.
    private readonly ulong _minutes;
    private readonly ulong _hours;
    private readonly ulong _daysOfMonth;
    private readonly ulong _months;
    private readonly ulong _daysOfWeek;
    private readonly bool _anyDayOfMonth;
    private readonly bool _anyDayOfWeek;

    private CronExpression(string[] fields)
    {
        _minutes = Parse(fields[0], "Minutes", 0, 59, []);
        _hours = Parse(fields[1], "Hours", 0, 23, []);
        _daysOfMonth = Parse(fields[2], "Day-of-month", 1, 31, []);
        _months = Parse(fields[3], "Month", 1, 12, MonthNames);
        ulong days = Parse(fields[4], "Day-of-week", 0, DaysInWeek, DayNames);
        _daysOfWeek = days | ((days >> DaysInWeek) & 1);
        _anyDayOfMonth = fields[2] == "*";
        _anyDayOfWeek = fields[4] == "*";
    }

    /// <summary>Parses the fields of an expression, without <c>cron(</c> and the parenthesis at the end.</summary>
    /// <exception cref="FormatException">The text is invalid.</exception>
    internal static CronExpression Parse(string text)
    {
        string[] fields = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length == Fields
            ? new CronExpression(fields)
            : throw new FormatException($"cron must have 5 fields (Minutes Hours Day-of-month Month Day-of-week), not {fields.Length}.");
    }

    /// <summary>Returns the last time at or before a local time.</summary>
    /// <param name="local">The local time.</param>
    /// <param name="daysBack">The number of days to search.</param>
    internal DateTime? Previous(DateTime local, int daysBack)
    {
        int last = (local.Hour * 60) + local.Minute;
        for (int i = 0; i <= daysBack && local.Date >= DateTime.MinValue.AddDays(i); i++)
        {
            DateTime day = local.Date.AddDays(-i);
            if (IsDay(day) && LastMinute(i == 0 ? last : (24 * 60) - 1) is { } minute)
            {
                return day.AddMinutes(minute);
            }
        }

        return null;
    }

    /// <summary>Returns the first time after a local time; <see langword="null"/> if there is none within eight years.</summary>
    internal DateTime? Next(DateTime local)
    {
        int first = (local.Hour * 60) + local.Minute + 1;
        for (int i = 0; i <= MaxDaysAhead && local.Date <= DateTime.MaxValue.AddDays(-i).Date; i++)
        {
            DateTime day = local.Date.AddDays(i);
            if (IsDay(day) && FirstMinute(i == 0 ? first : 0) is { } minute)
            {
                return day.AddMinutes(minute);
            }
        }

        return null;
    }

    private static bool Has(ulong set, int number) => ((set >> number) & 1) != 0;

    private static ulong Parse(string field, string name, int min, int max, string[] names)
    {
        ulong set = 0;
        foreach (string part in field.Split(','))
        {
            string[] ends = part.Split('-');
            if (part == "*")
            {
                ends = [min.ToString(CultureInfo.InvariantCulture), max.ToString(CultureInfo.InvariantCulture)];
            }

            int? from = Number(ends[0], min, names);
            int? to = Number(ends[^1], min, names);
            if (ends.Length > 2 || from is null || to is null || from < min || to > max || from > to)
            {
                throw new FormatException(
                    $"cron has '{part}' in {name}; it must be *, a number from {min} to {max}, a range a-b, or a list of these.");
            }

            for (int i = from.Value; i <= to; i++)
            {
                set |= 1UL << i;
            }
        }

        return set;
    }

    private static int? Number(string text, int min, string[] names)
    {
        int index = Array.FindIndex(names, name => name.Equals(text, StringComparison.OrdinalIgnoreCase));
        return index >= 0 ? index + min
            : text.Length <= 2 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number
            : null;
    }

    private bool IsDay(DateTime day)
    {
        bool isDayOfMonth = Has(_daysOfMonth, day.Day);
        bool isDayOfWeek = Has(_daysOfWeek, (int)day.DayOfWeek);
        return Has(_months, day.Month)
            && (_anyDayOfMonth || _anyDayOfWeek ? isDayOfMonth && isDayOfWeek : isDayOfMonth || isDayOfWeek);
    }

    private int? LastMinute(int limit)
    {
        for (int minute = limit; minute >= 0; minute--)
        {
            if (Has(_hours, minute / 60) && Has(_minutes, minute % 60))
            {
                return minute;
            }
        }

        return null;
    }

    private int? FirstMinute(int limit)
    {
        for (int minute = limit; minute < 24 * 60; minute++)
        {
            if (Has(_hours, minute / 60) && Has(_minutes, minute % 60))
            {
                return minute;
            }
        }

        return null;
    }
}
