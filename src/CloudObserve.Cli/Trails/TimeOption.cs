using System.CommandLine;
using System.Globalization;

namespace CloudObserve.Cli.Trails;

/// <summary>Defines options whose value is a point in time or a time span before now.</summary>
internal static class TimeOption
{
    private static readonly string[] Formats =
        ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    internal static Option<string?> Create(string name, string description) => new(name)
    {
        Description = $"{description} A time in UTC such as 2026-11-20 or 2026-11-20T08:00Z, or a time before now: 90m, 12h, 7d, 2w.",
        HelpName = "TIME",
    };

    /// <summary>Reads the time.</summary>
    /// <exception cref="CommandException">The value is not a time.</exception>
    internal static DateTimeOffset? Read(ParseResult parsed, Option<string?> option, int failureStatus)
    {
        string? text = parsed.GetValue(option);
        if (text is null)
        {
            return null;
        }

        return TryReadAgo(text, out DateTimeOffset time)
            || DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time)
            ? time
            : throw new CommandException(
                $"{option.Name} must be a time such as 2026-11-20T08:00Z or a time before now such as 7d, not '{text}'", failureStatus);
    }

    private static bool TryReadAgo(string text, out DateTimeOffset time)
    {
        time = default;
        TimeSpan unit = DurationUnit.Of(text);
        if (unit == default
            || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out int count))
        {
            return false;
        }

        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        time = count > (now - DateTimeOffset.UnixEpoch) / unit ? DateTimeOffset.UnixEpoch : now - (unit * count);
        return true;
    }
}
