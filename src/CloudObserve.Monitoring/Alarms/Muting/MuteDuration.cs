using System.Globalization;
using System.Text.RegularExpressions;

namespace CloudObserve.Monitoring.Alarms.Muting;

/// <summary>Parses the durations of mute rules: ISO 8601 with days, hours and minutes, from <c>PT1M</c> to <c>P15D</c>.</summary>
internal static partial class MuteDuration
{
    internal static readonly TimeSpan Max = TimeSpan.FromDays(15);

    private static readonly TimeSpan Min = TimeSpan.FromMinutes(1);

    /// <exception cref="FormatException">The text is not such a duration.</exception>
    internal static TimeSpan Parse(string text)
    {
        Match match = Iso().Match(text);
        TimeSpan duration = match.Success ? new TimeSpan(Part(match, "days"), Part(match, "hours"), Part(match, "minutes"), 0) : default;
        return duration >= Min && duration <= Max
            ? duration
            : throw new FormatException($"Duration '{text}' must be an ISO 8601 duration of days, hours and minutes, from PT1M to P15D.");
    }

    private static int Part(Match match, string name) =>
        match.Groups[name] is { Success: true } group ? int.Parse(group.Value, NumberStyles.None, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(
        @"^P(?=[0-9T])((?<days>[0-9]{1,4})D)?(T(?=[0-9])((?<hours>[0-9]{1,4})H)?((?<minutes>[0-9]{1,5})M)?)?\z",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Iso();
}
