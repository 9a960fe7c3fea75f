namespace CloudObserve.Monitoring.Alarms.Exchange;

/// <summary>Replaces the actions of alarms.</summary>
internal static class AlarmActions
{
    internal static AlarmDefinitions Map(AlarmDefinitions alarms, Func<string, string?> map)
    {
        ArgumentNullException.ThrowIfNull(map);
        return new AlarmDefinitions
        {
            MetricAlarms = [.. alarms.MetricAlarms.Select(alarm => alarm with
            {
                OKActions = Map(alarm.OKActions, map),
                AlarmActions = Map(alarm.AlarmActions, map),
                InsufficientDataActions = Map(alarm.InsufficientDataActions, map),
            })],
            CompositeAlarms = [.. alarms.CompositeAlarms.Select(alarm => alarm with
            {
                OKActions = Map(alarm.OKActions, map),
                AlarmActions = Map(alarm.AlarmActions, map),
                InsufficientDataActions = Map(alarm.InsufficientDataActions, map),
            })],
        };
    }

    private static IReadOnlyList<string> Map(IReadOnlyList<string> actions, Func<string, string?> map) =>
        [.. actions.Select(map).OfType<string>()];
}
