using System.CommandLine;
using CloudObserve.Monitoring;

namespace CloudObserve.Cli.Alarms;

/// <summary>Defines <c>cloudobserve alarm backtest</c>, which evaluates an alarm over past values.</summary>
internal sealed class AlarmBacktestCommand
{
    private const int MaxDefinitionBytes = 1024 * 1024;

    private readonly StandardStreams _streams;
    private readonly Option<string> _definition = new("--definition")
    {
        Description = "The alarm: the input JSON of PutMetricAlarm.",
        HelpName = "FILE",
        Required = true,
    };

    private readonly Option<string[]> _data = new("--data")
    {
        Description = "The values: CSV with the columns timestamp,value, a row for each period that has data, plain or gzip. "
            + "With an id before it, those of one metric of an expression.",
        HelpName = "[ID=]FILE",
        Required = true,
    };

    private readonly Option<bool> _every = new("--every") { Description = "Print the state after each evaluation, not only the changes." };

    private AlarmBacktestCommand(StandardStreams streams) => _streams = streams;

    internal static Command Create(StandardStreams streams) => new AlarmBacktestCommand(streams).CreateCommand();

    private async Task<AlarmDefinition> ReadDefinitionAsync(string file, CancellationToken cancellationToken)
    {
        InputFile.Check(file);
        string json = await InputText.ReadAsync(file, MaxDefinitionBytes, _streams, cancellationToken).ConfigureAwait(false);
        try
        {
            AlarmDefinition definition = AlarmDefinition.Parse(json);
            IReadOnlyList<string> faults = definition.Validate();
            return faults.Count == 0
                ? definition
                : throw new CommandException($"'{file}' is refused by PutMetricAlarm:\n{string.Join('\n', faults)}");
        }
        catch (FormatException exception)
        {
            throw new CommandException($"'{file}' is not the input of PutMetricAlarm:\n{exception.Message}");
        }
    }

    // An expression needs the values of its metrics. One without metrics, one on a band, and a plain metric need the values of the result.
    private static IEnumerable<AlarmBacktestStep> Evaluate(AlarmDefinition definition, BacktestData data, string[] metrics)
    {
        try
        {
            return metrics.Length == 0
                ? AlarmBacktest.Evaluate(definition, data.Series.Values.Single(), data.From, data.To)
                : AlarmBacktest.Evaluate(definition, data.Series, data.From, data.To);
        }
        catch (ArgumentException exception)
        {
            throw new CommandException(exception.Message);
        }
    }

    private static string[] MetricsOf(AlarmDefinition definition) =>
        definition.ThresholdMetricId is null && definition.Metrics.Any(static query => query is { ReturnData: true, Expression: not null })
            ? [.. definition.Metrics.Where(static query => query.MetricStat is not null).Select(static query => query.Id)]
            : [];

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
        string[] metrics = MetricsOf(definition);
        TimeSpan period = definition.WatchedPeriod!.Value;
        BacktestData data = await BacktestData.ReadAsync(parsed.GetValue(_data)!, metrics, period, cancellationToken).ConfigureAwait(false);
        using AlarmStepWriter output = new(_streams.Output, parsed.GetValue(_every));
        foreach (AlarmBacktestStep step in Evaluate(definition, data, metrics))
        {
            cancellationToken.ThrowIfCancellationRequested();
            output.Write(step);
        }

        output.Flush();
        return ExitStatus.Success;
    }
}
