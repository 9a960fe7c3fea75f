using System.Globalization;
using System.Text.RegularExpressions;

namespace CloudObserve.Monitoring.Alarms.Definitions;

/// <summary>Checks CloudWatch's notation of extended statistics, such as <c>p99.9</c>, <c>TM(10%:90%)</c> or <c>PR(:300)</c>.</summary>
internal static partial class StatisticSyntax
{
    private const double MaxPercent = 100;

    internal static bool IsValid(string statistic) => AlarmNames.Statistics.Contains(statistic) || IsExtended(statistic);

    /// <summary>Returns whether a text is an extended statistic. Of a percentage, CloudWatch limits the whole part only.</summary>
    internal static bool IsExtended(string statistic) =>
        statistic == "IQM" || Short().IsMatch(statistic) || (Ranged().Match(statistic) is { Success: true } ranged && IsRange(ranged));

    internal static bool IsPercentile(string? statistic) => statistic is ['p', ..] && IsExtended(statistic);

    private static bool IsRange(Match match)
    {
        Group lower = match.Groups["lower"];
        Group upper = match.Groups["upper"];
        bool isPercent = match.Groups["lowerPercent"].Success || match.Groups["upperPercent"].Success;
        if ((!lower.Success && !upper.Success)
            || (isPercent && match.Groups["name"].Value == "PR")
            || (lower.Success && upper.Success && match.Groups["lowerPercent"].Success != match.Groups["upperPercent"].Success))
        {
            return false;
        }

        double from = lower.Success ? Number(lower.Value) : double.NegativeInfinity;
        double to = upper.Success ? Number(upper.Value) : double.PositiveInfinity;
        return from < to && (!isPercent || ((!lower.Success || from <= MaxPercent) && (!upper.Success || to <= MaxPercent)));
    }

    private static double Number(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(p|tm|tc|ts|wm)0{0,10}(100|[0-9]{1,2})(\.[0-9]{0,10})?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Short();

    [GeneratedRegex(
        @"^(?<name>TM|TC|TS|WM|PR)\(((?<lower>[0-9]{1,15}(\.[0-9]{0,10})?)(?<lowerPercent>%)?)?:"
        + @"((?<upper>[0-9]{1,15}(\.[0-9]{0,10})?)(?<upperPercent>%)?)?\)\z",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Ranged();
}
