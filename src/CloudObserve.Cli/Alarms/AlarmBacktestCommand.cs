using System.CommandLine;
using System.Globalization;
using CloudObserve.Cli.Metrics;
using CloudObserve.Monitoring;

namespace CloudObserve.Cli.Alarms;

/// <summary>Defines <c>cloudobserve alarm backtest</c>, which evaluates an alarm over past values.</summary>
internal sealed class AlarmBacktestCommand
{
    // A minute of each of 19 years.
    private const int MaxPeriods = 10_000_000;

    private const int MaxDefinitionLength = 1024 * 1024;

    private readonly StandardStreams _streams;
    private readonly Option<string> _definition = new("--definition")
    {
        Description = "The alarm: the input JSON of PutMetricAlarm.",
        HelpName = "FILE",
        Required = true,
    };

    private readonly Option<string> _data = new("--data")
    {
        Description = "The values: CSV with the columns timestamp,value, a row for each period that has data, plain or gzip.",
        HelpName = "FILE",
        Required = true,
    };

    private readonly Option<bool> _every = new("--every") { Description = "Print the state after each evaluation, not only the changes." };

    private AlarmBacktestCommand(StandardStreams streams) => _streams = streams;

    internal static Command Create(StandardStreams streams) => new AlarmBacktestCommand(streams).CreateCommand();

    private static async Task<AlarmDefinition> ReadDefinitionAsync(string file, CancellationToken cancellationToken)
    {
        InputFile.Check(file);
        try
        {
            if (new FileInfo(file).Length > MaxDefinitionLength)
            {
                throw new CommandException($"'{file}' is larger than {MaxDefinitionLength} bytes, so it is no alarm definition");
            }

            AlarmDefinition definition = AlarmDefinition.Parse(await File.ReadAllTextAsync(file, cancellationToken).ConfigureAwait(false));
            IReadOnlyList<string> faults = definition.Validate();
            return faults.Count == 0 ? definition : throw new CommandException($"'{file}' is refused by PutMetricAlarm:\n{string.Join('\n', faults)}");
        }
        catch (FormatException exception)
        {
            throw new CommandException($"'{file}' is not the input of PutMetricAlarm:\n{exception.Message}");
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new CommandException(exception.Message);
        }
    }

    private static async Task<List<AlarmDatapoint>> ReadDataAsync(string file, CancellationToken cancellationToken)
    {
        List<AlarmDatapoint> datapoints = [];
        await foreach (TimeValueRow row in TimeValueCsv.ReadAsync(file, cancellationToken).ConfigureAwait(false))
        {
            if (datapoints.Count == MaxPeriods)
            {
                throw new CommandException($"'{file}' has more than {MaxPeriods} rows");
            }

            datapoints.Add(new AlarmDatapoint(row.Time, row.Value));
        }

        return datapoints.Count > 0 ? datapoints : throw new CommandException($"'{file}' has no rows");
    }

    // The first period begins with the first row, and the last one contains the last row.
    private static (DateTimeOffset From, DateTimeOffset To) Range(string file, List<AlarmDatapoint> datapoints, TimeSpan period)
    {
        DateTimeOffset first = datapoints.Min(static datapoint => datapoint.Time);
        long periods = (datapoints.Max(static datapoint => datapoint.Time) - first).Ticks / period.Ticks;
        return periods < MaxPeriods
            ? (first + period, first + (period * (periods + 1)))
            : throw new CommandException(string.Create(
                CultureInfo.InvariantCulture, $"the rows of '{file}' span {periods + 1} periods, but a backtest has at most {MaxPeriods}"));
    }

    private static void CheckPeriods(string file, List<AlarmDatapoint> datapoints, DateTimeOffset from, TimeSpan period)
    {
        HashSet<long> seen = new(datapoints.Count);
        foreach (AlarmDatapoint datapoint in datapoints)
        {
            long index = (datapoint.Time - from).Ticks / period.Ticks;
            if (!seen.Add(datapoint.Time < from ? -1 : index))
            {
                throw new CommandException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"'{file}' has two rows in the period of {period.TotalSeconds} seconds at {datapoint.Time:yyyy-MM-ddTHH:mm:ssZ}; each row is the value of a period"));
            }
        }
    }

    private Command CreateCommand()
    {
        Command command = new("backtest", "Evaluates a metric alarm over past values, and prints the changes of its state as JSON lines.")
        {
            _definition, _data, _every,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        AlarmDefinition definition = await ReadDefinitionAsync(parsed.GetValue(_definition)!, cancellationToken).ConfigureAwait(false);
        if (definition.ThresholdMetricId is not null)
        {
            throw new CommandException("an alarm on an anomaly detection band cannot be tested on one file of values, because they do not contain the band");
        }

        string file = parsed.GetValue(_data)!;
        List<AlarmDatapoint> datapoints = await ReadDataAsync(file, cancellationToken).ConfigureAwait(false);
        TimeSpan period = definition.WatchedPeriod!.Value;
        (DateTimeOffset from, DateTimeOffset to) = Range(file, datapoints, period);
        CheckPeriods(file, datapoints, from, period);
        using AlarmStepWriter output = new(_streams.Output, parsed.GetValue(_every));
        foreach (AlarmBacktestStep step in AlarmBacktest.Evaluate(definition, datapoints, from, to))
        {
            cancellationToken.ThrowIfCancellationRequested();
            output.Write(step);
        }

        output.Flush();
        return ExitStatus.Success;
    }
}
