using System.CommandLine;
using CloudObserve.Monitoring;

namespace CloudObserve.Cli.Alarms;

/// <summary>Defines <c>cloudobserve alarm import</c>, which writes alarms of AWS as settings of an application.</summary>
internal sealed class AlarmImportCommand
{
    private const int MaxBytes = 64 * 1024 * 1024;

    private readonly StandardStreams _streams;
    private readonly Argument<string> _file = new("FILE")
    {
        Description = "What 'aws cloudwatch describe-alarms' prints, or a CloudFormation template in JSON; without a file, or for '-', "
            + "standard input.",
        DefaultValueFactory = static _ => InputText.StandardInput,
    };

    private readonly Option<string[]> _topics = TopicOption.Create();

    private AlarmImportCommand(StandardStreams streams) => _streams = streams;

    internal static Command Create(StandardStreams streams) => new AlarmImportCommand(streams).CreateCommand();

    private Command CreateCommand()
    {
        Command command = new(
            "import",
            "Prints alarms of AWS as settings of an application, and says on standard error what was not carried over. The exit status is "
                + "0 if there are any, 1 if there are none, 2 after an error.")
        {
            _file, _topics,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        string file = parsed.GetValue(_file)!;
        Dictionary<string, string> names = TopicOption.Read(parsed.GetValue(_topics))
            .ToDictionary(static topic => topic.Value, static topic => topic.Key, StringComparer.Ordinal);
        string json = await InputText.ReadAsync(file, MaxBytes, _streams, cancellationToken).ConfigureAwait(false);
        AlarmDefinitions alarms = Import(json, file, out IReadOnlyList<string> notes);
        foreach (string note in notes)
        {
            _streams.Tell(note);
        }

        if (alarms.MetricAlarms.Count + alarms.CompositeAlarms.Count == 0)
        {
            _streams.Tell("there is no alarm to import.");
            return ExitStatus.NothingFound;
        }

        AlarmDefinitions named = alarms.MapActions(action => names.GetValueOrDefault(action, action));
        parsed.InvocationConfiguration.Output.Write(named.ToSettings() + "\n");
        return ExitStatus.Success;
    }

    private static AlarmDefinitions Import(string json, string file, out IReadOnlyList<string> notes)
    {
        try
        {
            return AlarmDefinitions.Import(json, out notes);
        }
        catch (FormatException exception)
        {
            string name = file == InputText.StandardInput ? "standard input" : $"'{file}'";
            throw new CommandException($"{name}: {exception.Message}");
        }
    }
}
