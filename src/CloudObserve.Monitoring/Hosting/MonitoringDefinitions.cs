namespace CloudObserve.Monitoring.Hosting;

/// <summary>Collects what the application defines in code, until the start.</summary>
internal sealed class MonitoringDefinitions
{
    internal List<(string Name, Action<MetricAlarmBuilder> Configure)> Alarms { get; } = [];

    internal List<AlarmDefinition> AlarmDefinitions { get; } = [];

    internal List<(string Name, string Rule, Action<CompositeAlarmBuilder>? Configure)> CompositeAlarms { get; } = [];

    internal List<CompositeAlarmDefinition> CompositeAlarmDefinitions { get; } = [];

    internal List<AlarmMuteRule> MuteRules { get; } = [];

    internal List<(string Name, TopicBuilder Topic)> Topics { get; } = [];
}
