using System.Globalization;
using CloudObserve.Monitoring;

namespace CloudObserve.Cli.Alarms.Scenarios;

/// <summary>Describes a period that an evaluation read.</summary>
internal static class PeriodText
{
    internal static string Of(AlarmExplanationPeriod period)
    {
        AlarmDatapoint datapoint = period.Datapoint;
        string value = datapoint.Value is { } number ? number.ToString(CultureInfo.InvariantCulture) : "no data";
        string band = datapoint is { LowerThreshold: { } lower, UpperThreshold: { } upper }
            ? string.Create(CultureInfo.InvariantCulture, $" (band {lower:G6} to {upper:G6})") : "";
        return string.Create(
            CultureInfo.InvariantCulture, $"{datapoint.Time.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}: {value}{band}, {Use(period.Use)}");
    }

    private static string Use(AlarmDatapointUse use) => use switch
    {
        AlarmDatapointUse.NotUsed => "not used",
        AlarmDatapointUse.NotBreaching => "not breaching",
        AlarmDatapointUse.Breaching => "breaching",
        AlarmDatapointUse.FilledAsBreaching => "counted as breaching",
        AlarmDatapointUse.FilledAsNotBreaching => "counted as not breaching",
        _ => "missing",
    };
}
