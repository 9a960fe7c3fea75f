using System.CommandLine;
using System.Globalization;
using CloudObserve.Cli.Cases;
using CloudObserve.Contracts;
using CloudObserve.Diagnostics;
using CloudObserve.Filters;

namespace CloudObserve.Cli.Filters;

/// <summary>
/// Defines <c>cloudobserve filter test</c>, which shows the events that a pattern matches and the values that a metric filter would
/// extract.
/// </summary>
internal sealed class FilterTestCommand
{
    private readonly StandardStreams _streams;
    private readonly Option<string> _pattern = PatternOption.Create(isRequired: false);
    private readonly Option<string?> _value = new("--value")
    {
        Description = "The value of the metric: a number, $.property, $field, or the position of a field such as $7.",
        HelpName = "VALUE",
    };

    private readonly Option<string[]> _dimensions = new("--dimension")
    {
        Description = $"A dimension of the metric, NAME=$.property or NAME=$field; the pattern must use the selector. At most "
            + $"{ServiceLimits.PutMetricFilter.MaxDimensions}.",
        HelpName = "NAME=SELECTOR",
    };

    private readonly Option<bool> _count = new("--count") { Description = "Print only the number of matching events." };

    private readonly Option<string?> _cases = CaseFile.CreateOption("""{"id","pattern","message"}""");

    private readonly Argument<string[]> _files = EventFiles.CreateArgument("event");

    private FilterTestCommand(StandardStreams streams) => _streams = streams;

    internal static Command Create(StandardStreams streams) => new FilterTestCommand(streams).Create();

    private Command Create()
    {
        Command command = new(
            "test",
            "Prints the events that match a filter pattern as JSON, one per line. The exit status is 0 if there are any, 1 if there are "
                + "none, 2 after an error.")
        {
            _pattern,
            _value,
            _dimensions,
            _count,
            _cases,
            _files,
        };
        command.Validators.Add(result => CaseFile.DemandOne(result, _pattern, _cases, _files, _value, _dimensions, _count));
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(_cases) is { } cases)
        {
            return await new CaseFile(_streams).RunAsync(cases, "message", FilterCase.Evaluate, cancellationToken).ConfigureAwait(false);
        }

        FilterPattern pattern = PatternOption.Read(parsed, _pattern);
        FilterTransformation transformation = new(pattern, parsed.GetValue(_value), parsed.GetValue(_dimensions) ?? []);
        EventFiles files = new(_streams, parsed, parsed.GetValue(_files) ?? []);
        bool countsOnly = parsed.GetValue(_count);
        using MatchWriter? writer = countsOnly ? null : new MatchWriter(_streams.Output, transformation);
        EventSearch search = new(transformation.Extractor, writer);
        bool allRead = await files.ReadAsync(
            (stream, file) => search.SearchAsync(stream, files.Count > 1 ? file : null, cancellationToken)).ConfigureAwait(false);

        writer?.Flush();
        Report(search, countsOnly ? parsed.InvocationConfiguration.Output : null);
        return !allRead ? ExitStatus.Failure : search.Matches > 0 ? ExitStatus.Success : ExitStatus.NothingFound;
    }

    private void Report(EventSearch search, TextWriter? countOutput)
    {
        EventFiles.TellTooLong(_streams, search.TooLong);
        if (countOutput is not null)
        {
            countOutput.WriteLine(search.Matches.ToString(CultureInfo.InvariantCulture));
            return;
        }

        bool isOne = search.Matches == 1 || search.Events == 1;
        _streams.Error.WriteLine(
            string.Create(CultureInfo.InvariantCulture,
                $"{search.Matches} of {Counted.Of(search.Events, "event")} {(isOne ? "matches" : "match")}"));
    }
}
