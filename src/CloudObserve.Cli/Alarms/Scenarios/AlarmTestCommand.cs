using System.CommandLine;

namespace CloudObserve.Cli.Alarms.Scenarios;

/// <summary>Defines <c>cloudobserve alarm test</c>, which runs alarms over the samples of scenarios and compares their states.</summary>
internal sealed class AlarmTestCommand
{
    private readonly StandardStreams _streams;
    private readonly Argument<string[]> _files = new("FILE")
    {
        Description = "Files of scenarios in JSON.",
        Arity = ArgumentArity.OneOrMore,
    };

    private AlarmTestCommand(StandardStreams streams) => _streams = streams;

    internal static Command Create(StandardStreams streams) => new AlarmTestCommand(streams).CreateCommand();

    private Command CreateCommand()
    {
        Command command = new(
            "test",
            "Runs scenarios: evaluates alarms over given samples, and compares their states with the expected ones. The exit status is 0 if "
                + "all expectations are met, 1 if one is not, 2 after an error.")
        {
            _files,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        ScenarioReport report = new(parsed.InvocationConfiguration.Output);
        bool allRun = true;
        foreach (string file in parsed.GetValue(_files)!)
        {
            allRun &= await TryRunAsync(file, report, cancellationToken).ConfigureAwait(false);
        }

        report.Complete();
        return !allRun ? ExitStatus.Failure : report.HasFailures ? ExitStatus.TestFailed : ExitStatus.Success;
    }

    // The scenarios of the other files still run. The exit status shows the failure.
    private async Task<bool> TryRunAsync(string file, ScenarioReport report, CancellationToken cancellationToken)
    {
        try
        {
            ScenarioFile read = await ScenarioReader.ReadAsync(file, _streams, cancellationToken).ConfigureAwait(false);
            foreach (Scenario scenario in read.Scenarios)
            {
                report.Write(file, scenario, ScenarioRun.Of(read.Alarms, scenario, cancellationToken));
            }

            return true;
        }
        catch (CommandException exception)
        {
            _streams.Tell(exception.Message);
            return false;
        }
    }
}
