using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using CloudObserve.Cli.Trails;

namespace CloudObserve.Cli.Logs;

/// <summary>Reads an end of a time range. Seconds and milliseconds since 1970 are times, too.</summary>
internal static class RangeOption
{
    // A number from here on is milliseconds. As seconds it would be the year 5138.
    private const long FirstMilliseconds = 100_000_000_000;

    /// <summary>Reads the time.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="option">The option.</param>
    /// <param name="isEnd">Whether a whole second means its last millisecond, as in <c>StartQuery</c>.</param>
    /// <exception cref="CommandException">The value is not a time.</exception>
    internal static DateTimeOffset? Read(ParseResult parsed, Option<string?> option, bool isEnd)
    {
        DateTimeOffset? time = long.TryParse(parsed.GetValue(option), NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            && number <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
                ? DateTimeOffset.FromUnixTimeMilliseconds(number < FirstMilliseconds ? number * 1_000 : number)
                : TimeOption.Read(parsed, option, ExitStatus.Failure);
        return isEnd && time is { } end && end.Ticks % TimeSpan.TicksPerSecond == 0 ? end.AddMilliseconds(999) : time;
    }
}
