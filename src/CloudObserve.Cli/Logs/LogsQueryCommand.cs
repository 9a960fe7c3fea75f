using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using CloudObserve.Cli.Filters;
using CloudObserve.Cli.Trails;
using CloudObserve.Diagnostics;
using CloudObserve.Insights;

namespace CloudObserve.Cli.Logs;

/// <summary>Defines <c>cloudobserve logs query</c>, which runs a query of CloudWatch Logs Insights on files.</summary>
internal sealed class LogsQueryCommand
{
    private readonly StandardStreams _streams;
    private readonly Argument<string> _query = new("QUERY")
    {
        Description = "The query, such as 'filter level = \"ERROR\" | stats count(*) by bin(5m)'.",
    };

    private readonly Argument<string[]> _files = new("FILE")
    {
        Description = "Files, folders, or patterns such as 'logs/*.gz'; without a file, or for '-', standard input.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string?> _from = TimeOption.Create("--from",
        "Only events from then on. Also seconds or milliseconds since 1970.");
    private readonly Option<string?> _to = TimeOption.Create("--to", "Only events until then, with the whole last second.");
    private readonly Option<RowFormat> _format = new("--format")
    {
        Description = "How rows are printed: table, json (one array), csv, or lines (values parted by tabs).",
        HelpName = "table|json|csv|lines",
    };

    private readonly Option<string?> _timestamp = new("--timestamp")
    {
        Description = "The JSON field with the time of an event. The default is to look for it.",
        HelpName = "FIELD",
    };

    private readonly Option<bool> _explain = new("--explain") { Description = "Print in words what the query does, and read nothing." };

    private LogsQueryCommand(StandardStreams streams) => _streams = streams;

    internal static Command Create(StandardStreams streams) => new LogsQueryCommand(streams).Create();

    private Command Create()
    {
        Command command = new(
            "query",
            "Runs a query in the language of CloudWatch Logs Insights on files of log events. The exit status is 0 if there are rows, 1 if "
                + "there are none, 2 if the query is invalid or a file cannot be read.")
        {
            _query, _files, _from, _to, _format, _timestamp, _explain,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        if (!InsightsQuery.TryParse(parsed.GetValue(_query)!, out InsightsQuery? query, out InsightsQueryError? error))
        {
            throw new CommandException($"the query is invalid at position {error.Position}:\n{error}");
        }

        if (parsed.GetValue(_explain))
        {
            foreach (string line in query.Plan)
            {
                await parsed.InvocationConfiguration.Output.WriteLineAsync(line).ConfigureAwait(false);
            }

            return ExitStatus.Success;
        }

        InsightsQueryOptions options = new()
        {
            StartTime = RangeOption.Read(parsed, _from, isEnd: false),
            EndTime = RangeOption.Read(parsed, _to, isEnd: true),
            TimeProvider = _streams.Time,
            Progress = ShowsProgress ? new QueryProgressLine(_streams.Error) : null,
        };
        int missing = 0;
        LogFileSource source = Source(parsed, fault =>
        {
            missing++;
            _streams.Tell(fault);
        });
        InsightsQueryResult result = await ExecuteAsync(query, source, options, cancellationToken).ConfigureAwait(false);
        RowWriter.Write(_streams.Output, result, parsed.GetValue(_format), _streams.IsTerminal);
        return Report(source, result, missing > 0);
    }

    private bool ShowsProgress => _streams.IsTerminal && !Console.IsErrorRedirected;

    private LogFileSource Source(ParseResult parsed, Action<string> tell)
    {
        string[] files = EventFiles.Names(parsed, parsed.GetValue(_files) ?? []);
        return new LogFileSource(LogFiles.Find(files.Where(static file => file != EventFiles.StandardInput), tell))
        {
            TimestampField = parsed.GetValue(_timestamp),
            Input = files.Contains(EventFiles.StandardInput) ? _streams.Input : null,
        };
    }

    // A pipe without data cannot be interrupted, so Ctrl+C ends the wait for the result.
    private static async Task<InsightsQueryResult> ExecuteAsync(
        InsightsQuery query, LogFileSource source, InsightsQueryOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return await Task.Run(() => query.Execute(source, options, cancellationToken), cancellationToken)
                .WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (InsightsQueryException exception)
        {
            throw new CommandException(exception.Message);
        }
    }

    private int Report(LogFileSource source, InsightsQueryResult result, bool isMissing)
    {
        foreach ((string file, string reason) in source.Faults)
        {
            _streams.Tell($"'{file}' cannot be read to its end: {reason}");
        }

        EventFiles.TellTooLong(_streams, source.TooLongLines);
        InsightsStatistics read = result.Statistics;
        _streams.Error.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Counted.Of(result.Rows.Count, "row")}; {read.RecordsMatched} of {Counted.Of(read.RecordsScanned, "event")} matched, "
                + $"{read.BytesScanned} bytes"));
        return isMissing || source.Faults.Count > 0 ? ExitStatus.Failure
            : result.Rows.Count > 0 ? ExitStatus.Success : ExitStatus.NothingFound;
    }
}
