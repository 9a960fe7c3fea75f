using System.CommandLine;
using CloudObserve.Monitoring;

namespace CloudObserve.Cli.Alarms;

/// <summary>Defines the option <c>--topic</c>, which gives the ARNs of the topics that settings name.</summary>
internal static class TopicOption
{
    internal static Option<string[]> Create() => new("--topic")
    {
        Description = "The ARN of a topic that the settings name, for example ops=arn:aws:sns:eu-west-1:111122223333:ops.",
        HelpName = "NAME=ARN",
    };

    /// <summary>Returns whether an action is the name of a topic, not an ARN.</summary>
    internal static bool IsName(string action) => !action.StartsWith("arn:", StringComparison.Ordinal);

    /// <summary>Returns the actions of all alarms, each once.</summary>
    internal static IEnumerable<string> ActionsOf(AlarmDefinitions alarms) =>
        alarms.MetricAlarms.SelectMany(static alarm => alarm.OKActions.Concat(alarm.AlarmActions).Concat(alarm.InsufficientDataActions))
            .Concat(alarms.CompositeAlarms.SelectMany(
                static alarm => alarm.OKActions.Concat(alarm.AlarmActions).Concat(alarm.InsufficientDataActions)))
            .Distinct(StringComparer.Ordinal);

    /// <summary>Reads the option: ARNs by the names of their topics.</summary>
    /// <exception cref="CommandException">A value has another form, or a name or an ARN is given twice.</exception>
    internal static Dictionary<string, string> Read(string[]? values)
    {
        Dictionary<string, string> topics = new(StringComparer.Ordinal);
        foreach (string value in values ?? [])
        {
            int equals = value.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1 || IsName(value[(equals + 1)..]))
            {
                throw new CommandException($"--topic must be a name and an ARN such as ops=arn:aws:sns:eu-west-1:111122223333:ops, not '{value}'");
            }

            string arn = value[(equals + 1)..];
            if (topics.ContainsValue(arn) || !topics.TryAdd(value[..equals], arn))
            {
                throw new CommandException($"--topic must give each name and each ARN once, but '{value}' repeats one");
            }
        }

        return topics;
    }
}
