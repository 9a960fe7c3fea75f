using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Text;
using CloudObserve.Cli.Alarms;
using CloudObserve.Cli.Costs;
using CloudObserve.Cli.Events;
using CloudObserve.Cli.Filters;
using CloudObserve.Cli.Logs;
using CloudObserve.Cli.Metrics;
using CloudObserve.Cli.Trails;

namespace CloudObserve.Cli;

/// <summary>Defines the command line of <c>cloudobserve</c> and its subcommands.</summary>
internal static class CloudObserveCommand
{
    // The error number of EPIPE on Linux, macOS and the BSDs.
    private const int BrokenPipe = 32;

    private const string Name = "cloudobserve";

    /// <summary>Runs a command line.</summary>
    /// <returns>The exit status, one of <see cref="ExitStatus"/>.</returns>
    internal static async Task<int> RunAsync(string[] args, StandardStreams streams, CancellationToken cancellationToken)
    {
        try
        {
            ParseResult parsed = Parse(args, streams);
            using StreamWriter output = new(streams.Output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
            InvocationConfiguration configuration = new()
            {
                Output = output,
                Error = streams.Error,
                EnableDefaultExceptionHandler = false,
                // Ctrl+C cancels the token; other signals end the process as usual.
                ProcessTerminationTimeout = null,
            };
            return await parsed.InvokeAsync(configuration, cancellationToken).ConfigureAwait(false);
        }
        catch (CommandException failure)
        {
            Say(streams, failure.Message);
            return failure.Status;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return ExitStatus.Interrupted;
        }
        catch (IOException failure) when (failure.HResult == BrokenPipe)
        {
            // The reader of the output has closed the pipe because it has read enough.
            return ExitStatus.Success;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // A closed descriptor answers with UnauthorizedAccessException, and its inner exception has the message of the system.
            Say(streams, failure.InnerException is IOException cause ? cause.Message : failure.Message);
            return ExitStatus.Failure;
        }
    }

    private static void Say(StandardStreams streams, string message)
    {
        try
        {
            streams.Tell(message);
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            // Standard error is closed. The exit status tells of the failure.
        }
    }

    private static ParseResult Parse(string[] args, StandardStreams streams)
    {
        // Not a RootCommand, because that is named after the assembly, and the tool has another name.
        Command root = new(
            Name,
            "Tries Amazon CloudWatch filter patterns, metric math and alarms and Amazon EventBridge event patterns on files, searches "
                + "and verifies audit trails, finds anomalies in metrics, queries logs, finds their patterns, and estimates what telemetry "
                + "costs on AWS.")
        {
            new HelpOption(),
            new VersionOption(),
            FilterCommand.Create(streams),
            TrailCommand.Create(streams),
            CostCommand.Create(streams),
            AlarmCommand.Create(streams),
            EventsCommand.Create(streams),
            LogsCommand.Create(streams),
            MetricsCommand.Create(),
        };
        ShowHelpWhenBare(root);
        RefuseCommas(root);

        // A pattern may begin with '@' or '-'. It is neither a response file nor a bundle of short options.
        ParseResult parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null, EnablePosixBundling = false });
        return parsed.Action is ParseErrorAction
            ? throw new CommandException(
                $"{ParseFaults.Describe(parsed)}\nTry '{Path(parsed.CommandResult)} --help'.", FailureStatus(parsed.CommandResult))
            : parsed;
    }

    // The library takes 1,5 for 15, because a comma may group digits.
    private static void RefuseCommas(Command command)
    {
        foreach (Option option in command.Options.Where(static o => IsFraction(Nullable.GetUnderlyingType(o.ValueType) ?? o.ValueType)))
        {
            option.Validators.Add(static result =>
            {
                if (result.Tokens.FirstOrDefault(static token => token.Value.Contains(',', StringComparison.Ordinal)) is { } token)
                {
                    result.AddError($"'{token.Value}' is no value of '{result.Option.Name}': it must be a number with a decimal point.");
                }
            });
        }

        foreach (Command subcommand in command.Subcommands)
        {
            RefuseCommas(subcommand);
        }
    }

    private static bool IsFraction(Type type) => type == typeof(double) || type == typeof(decimal);

    // A command that only groups subcommands shows its help.
    private static void ShowHelpWhenBare(Command group)
    {
        if (group.Subcommands.Count == 0)
        {
            return;
        }

        group.SetAction(static parsed => new HelpAction().Invoke(parsed));
        foreach (Command subcommand in group.Subcommands)
        {
            ShowHelpWhenBare(subcommand);
        }
    }

    // For the verification of a trail, exit status 2 means that the trail is intact but not complete.
    private static int FailureStatus(CommandResult result) =>
        result.Command.Name == TrailVerifyCommand.Name ? ExitStatus.CannotTell : ExitStatus.Failure;

    private static string Path(CommandResult result) =>
        result.Parent is CommandResult parent ? $"{Path(parent)} {result.Command.Name}" : result.Command.Name;
}
