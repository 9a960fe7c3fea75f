using System.CommandLine;
using System.Globalization;
using CloudObserve.Cli.Cases;
using CloudObserve.Cli.Filters;
using CloudObserve.Diagnostics;
using CloudObserve.Events;

namespace CloudObserve.Cli.Events;

/// <summary>Defines <c>cloudobserve events test</c>, which shows the events that an event pattern matches.</summary>
internal sealed class EventsTestCommand
{
    private readonly StandardStreams _streams;
    private readonly Option<string> _pattern = new("--pattern", "-p")
    {
        Description = "The event pattern, a JSON object.",
        HelpName = "PATTERN",
    };

    private readonly Option<bool> _count = new("--count") { Description = "Print only the number of matching events." };

    private readonly Option<bool> _explain = new("--explain")
    {
        Description = "Print a line of JSON for each event: whether it matches, and if not, the first field that did not match.",
    };

    private readonly Option<string?> _cases = CaseFile.CreateOption("""{"id","pattern","event"}""");
    private readonly Argument<string[]> _files = EventFiles.CreateArgument("event");

    private EventsTestCommand(StandardStreams streams) => _streams = streams;

    internal static Command Create(StandardStreams streams) => new EventsTestCommand(streams).Create();

    private Command Create()
    {
        Command command = new(
            "test",
            "Prints the events that an event pattern matches. The exit status is 0 if there are any, 1 if there are none, 2 after an "
                + "error.")
        {
            _pattern,
            _count,
            _explain,
            _cases,
            _files,
        };
        command.Validators.Add(result => CaseFile.DemandOne(result, _pattern, _cases, _files, _count, _explain));
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(_cases) is { } cases)
        {
            return await new CaseFile(_streams).RunAsync(cases, "event", PatternCase.Evaluate, cancellationToken).ConfigureAwait(false);
        }

        // A missing value is a fault of the command line, which has been reported before.
        if (!EventPattern.TryParse(parsed.GetValue(_pattern)!, out EventPattern? pattern, out EventPatternError? error))
        {
            throw new CommandException($"the pattern is invalid at position {error.Position}:\n{error}");
        }

        bool countsOnly = parsed.GetValue(_count);
        PatternSearch search = new(pattern, countsOnly ? null : _streams.Output, parsed.GetValue(_explain) && !countsOnly);
        EventFiles files = new(_streams, parsed, parsed.GetValue(_files) ?? []);
        bool allRead = await files.ReadAsync(
            (stream, file) => search.SearchAsync(stream, files.Count > 1 ? file : null, cancellationToken)).ConfigureAwait(false);

        Report(search, countsOnly ? parsed.InvocationConfiguration.Output : null);
        return !allRead ? ExitStatus.Failure : search.Matches > 0 ? ExitStatus.Success : ExitStatus.NothingFound;
    }

    private void Report(PatternSearch search, TextWriter? countOutput)
    {
        EventFiles.TellTooLong(_streams, search.TooLong);
        if (search.Faulty > 0)
        {
            _streams.Error.WriteLine(
                $"cloudobserve: {Counted.Of(search.Faulty, "line")} {Counted.Form(search.Faulty, "was", "were")} skipped: an event is a "
                    + "JSON object of at most 1,000 levels");
        }

        if (countOutput is not null)
        {
            countOutput.WriteLine(search.Matches.ToString(CultureInfo.InvariantCulture));
            return;
        }

        bool isOne = search.Matches == 1 || search.Events == 1;
        _streams.Error.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{search.Matches} of {Counted.Of(search.Events, "event")} {(isOne ? "matches" : "match")}"));
    }
}
