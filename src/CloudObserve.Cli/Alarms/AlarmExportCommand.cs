using System.CommandLine;
using CloudObserve.Monitoring;

namespace CloudObserve.Cli.Alarms;

/// <summary>Defines <c>cloudobserve alarm export</c>, which writes the alarms of an application's settings for AWS.</summary>
internal sealed class AlarmExportCommand
{
    private const string CloudFormation = "cloudformation";
    private const string Json = "json";

    // CloudFormation: a template has at most so many resources.
    private const int MaxResources = 500;

    private readonly StandardStreams _streams;
    private readonly Option<string[]> _settings = new("--settings")
    {
        Description = "Settings files such as appsettings.json; a later one overrides an earlier.",
        HelpName = "FILE",
        Required = true,
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string> _format = new("--format")
    {
        Description = $"The form: '{CloudFormation}' for a template, '{Json}' for the inputs of PutMetricAlarm and PutCompositeAlarm.",
        HelpName = "FORMAT",
        DefaultValueFactory = static _ => CloudFormation,
    };

    private readonly Option<string[]> _topics = TopicOption.Create();

    private AlarmExportCommand(StandardStreams streams) => _streams = streams;

    internal static Command Create(StandardStreams streams) => new AlarmExportCommand(streams).CreateCommand();

    private Command CreateCommand()
    {
        _ = _format.AcceptOnlyFromAmong(CloudFormation, Json);
        Command command = new(
            "export",
            "Prints the alarms of an application's settings as a CloudFormation template or as inputs of the API. The exit status is 0 if "
                + "there are any, 1 if there are none, 2 after an error.")
        {
            _settings, _format, _topics,
        };
        command.SetAction(Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        Dictionary<string, string> topics = TopicOption.Read(parsed.GetValue(_topics));
        AlarmDefinitions settings = AlarmSettingsFile.Read(parsed.GetValue(_settings)!);
        if (settings.MetricAlarms.Count + settings.CompositeAlarms.Count == 0)
        {
            // CloudFormation refuses a template without resources.
            _streams.Tell($"the settings have no alarm to export; alarms are in the section {AlarmSettingsFile.Section}.");
            return ExitStatus.NothingFound;
        }

        AlarmDefinitions alarms = Mapped(settings, topics);
        bool isTemplate = parsed.GetValue(_format) == CloudFormation;
        Warn(alarms, isTemplate);
        parsed.InvocationConfiguration.Output.Write((isTemplate ? alarms.ToCloudFormation() : alarms.ToJson()) + "\n");
        return ExitStatus.Success;
    }

    private static AlarmDefinitions Mapped(AlarmDefinitions settings, Dictionary<string, string> topics)
    {
        string[] unknown = [.. TopicOption.ActionsOf(settings).Where(action => TopicOption.IsName(action) && !topics.ContainsKey(action))];
        AlarmDefinitions alarms = settings.MapActions(action => topics.GetValueOrDefault(action, action));

        // The rule for ARNs would tell a second time that a name is none.
        IEnumerable<string> faults = alarms.MapActions(action => TopicOption.IsName(action) ? null : action).Validate()
            .Concat(unknown.Select(static name => $"The topic '{name}' has no ARN; give it with --topic {name}=ARN."));
        return faults.Any() ? throw new CommandException($"the settings are invalid:\n{string.Join('\n', faults)}") : alarms;
    }

    private void Warn(AlarmDefinitions alarms, bool isTemplate)
    {
        foreach (AlarmDefinition alarm in alarms.MetricAlarms.Where(static alarm => alarm.MinimumSampleCount is not null))
        {
            string rest = isTemplate ? "the template has it as metadata only" : "it is left out";
            _streams.Tell($"'{alarm.AlarmName}': CloudWatch does not know MinimumSampleCount, so {rest}");
        }

        int resources = alarms.MetricAlarms.Count + alarms.CompositeAlarms.Count;
        if (isTemplate && resources > MaxResources)
        {
            _streams.Tell($"the template has {resources} alarms, but CloudFormation takes at most {MaxResources} resources in one");
        }
    }
}
