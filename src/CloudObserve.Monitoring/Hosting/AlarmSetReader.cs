using CloudObserve.Monitoring.Alarms.Definitions;
using CloudObserve.Monitoring.Alarms.Running;
using Microsoft.Extensions.Configuration;

namespace CloudObserve.Monitoring.Hosting;

/// <summary>Reads the definitions of the application's code and of its configuration.</summary>
/// <param name="definitions">The definitions in code.</param>
/// <param name="configuration">The configuration, if there is one.</param>
/// <param name="account">The account of the alarms.</param>
internal sealed class AlarmSetReader(MonitoringDefinitions definitions, IConfiguration? configuration, AlarmAccount account)
{
    private const string AlarmsKey = $"{MonitoringOptions.SectionName}:Alarms";
    private const string MuteRulesKey = $"{MonitoringOptions.SectionName}:MuteRules";

    // The keys of the alarms of the configuration, by name.
    private volatile IReadOnlyDictionary<string, string> _keys = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Returns a fault with the key or the call that it belongs to.</summary>
    internal string Describe(AlarmFault fault)
    {
        string? key = !fault.IsMuteRule ? _keys.GetValueOrDefault(fault.Name)
            : configuration?.GetSection($"{MuteRulesKey}:{fault.Name}") is { } section && section.Exists() ? section.Path : null;
        return key is not null
            ? $"{key}: {fault.Text}"
            : $"The {(fault.IsMuteRule ? "mute rule" : "alarm")} '{fault.Name}': {fault.Text}";
    }

    /// <summary>Reads all definitions.</summary>
    /// <returns>The definitions that can be read, and the faults of the others. The definitions can have further faults.</returns>
    internal (AlarmSet Set, List<AlarmFault> Faults) Read()
    {
        AlarmSet set = new();
        List<AlarmFault> faults = [];
        ReadConfiguration(set, faults);
        Add(set, faults);
        return (set, faults);
    }

    private void ReadConfiguration(AlarmSet set, List<AlarmFault> faults)
    {
        Dictionary<string, string> keys = new(StringComparer.Ordinal);
        foreach (IConfigurationSection section in configuration?.GetSection(AlarmsKey).GetChildren() ?? [])
        {
            string name = NameOf(section);
            if (!keys.TryAdd(name, section.Path))
            {
                faults.Add(new AlarmFault(name, false, $"AlarmName is '{name}', but must be unique; {section.Path} has the same"));
                continue;
            }

            Try(faults, name, false, () => ReadAlarm(set, section, name));
        }

        _keys = keys;
        foreach (IConfigurationSection section in configuration?.GetSection(MuteRulesKey).GetChildren() ?? [])
        {
            Try(faults, section.Key, true, () =>
            {
                AlarmMuteRule rule = AlarmMuteRule.Parse(ConfigurationJson.Write(section));
                set.MuteRules.Add(section.Key, rule with { Name = rule.Name.Length == 0 ? section.Key : rule.Name });
            });
        }
    }

    // The key is the name. A name that no key can have, because it contains a colon, is given by its own member.
    private static string NameOf(IConfigurationSection section) =>
        section[nameof(AlarmDefinition.AlarmName)] is { Length: > 0 } name ? name : section.Key;

    private static void ReadAlarm(AlarmSet set, IConfigurationSection section, string name)
    {
        string json = ConfigurationJson.Write(section);
        if (section.GetSection(nameof(CompositeAlarmDefinition.AlarmRule)).Exists())
        {
            set.Composite.Add(name, CompositeAlarmDefinition.Parse(json) with { AlarmName = name });
            return;
        }

        set.Metric.Add(name, AlarmDefinition.Parse(json) with { AlarmName = name });
    }

    private void Add(AlarmSet set, List<AlarmFault> faults)
    {
        HashSet<string> inCode = new(StringComparer.Ordinal);
        foreach (AlarmDefinition definition in definitions.AlarmDefinitions)
        {
            AddOnce(definition.AlarmName, () => set.Metric[definition.AlarmName] = definition);
        }

        foreach ((string name, Action<MetricAlarmBuilder> configure) in definitions.Alarms)
        {
            AddOnce(name, () =>
            {
                MetricAlarmBuilder alarm = new(
                    set.Metric.GetValueOrDefault(name) ?? new AlarmDefinition { AlarmName = name }, account.TopicArn);
                configure(alarm);
                set.Metric[name] = alarm.Build();
            });
        }

        foreach (CompositeAlarmDefinition definition in definitions.CompositeAlarmDefinitions)
        {
            AddOnce(definition.AlarmName, () => set.Composite[definition.AlarmName] = definition);
        }

        foreach ((string name, string rule, Action<CompositeAlarmBuilder>? configure) in definitions.CompositeAlarms)
        {
            AddOnce(name, () =>
            {
                CompositeAlarmDefinition definition =
                    set.Composite.GetValueOrDefault(name) ?? new CompositeAlarmDefinition { AlarmName = name };
                CompositeAlarmBuilder alarm = new(definition with { AlarmRule = rule }, account.TopicArn);
                configure?.Invoke(alarm);
                set.Composite[name] = alarm.Definition;
            });
        }

        foreach (AlarmMuteRule rule in definitions.MuteRules)
        {
            set.MuteRules[rule.Name] = rule;
        }

        void AddOnce(string name, Action add)
        {
            if (!inCode.Add(name))
            {
                faults.Add(new AlarmFault(name, false, "AlarmName is defined in code more than once"));
                return;
            }

            Try(faults, name, false, add);
        }
    }

    // The callbacks are the application's, and a definition of the configuration may be anything.
    private static void Try(List<AlarmFault> faults, string name, bool isMuteRule, Action read)
    {
        try
        {
            read();
        }
        catch (FormatException exception)
        {
            faults.AddRange(exception.Message.Split('\n').Select(text => new AlarmFault(name, isMuteRule, text)));
        }
        catch (Exception exception)
        {
            faults.Add(new AlarmFault(name, isMuteRule, exception.Message));
        }
    }
}
