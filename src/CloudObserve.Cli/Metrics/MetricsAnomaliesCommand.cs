using System.CommandLine;
using System.Globalization;
using System.Runtime.CompilerServices;
using CloudObserve.Monitoring;

namespace CloudObserve.Cli.Metrics;

/// <summary>
/// Defines <c>cloudobserve metrics anomalies</c>, which prints the expected band and the anomaly score of each row of a CSV file.
/// </summary>
internal sealed class MetricsAnomaliesCommand
{
    private const double DefaultFactor = 2;

    private readonly Argument<string> _file = new("FILE") { Description = "A CSV file with the columns timestamp,value, plain or gzip." };

    private readonly Option<double> _factor = new("--factor")
    {
        Description = "The width of the band in deviations on each side, greater than 0.",
        HelpName = "K",
        DefaultValueFactory = static _ => DefaultFactor,
    };

    internal static Command Create() => new MetricsAnomaliesCommand().CreateCommand();

    private Command CreateCommand()
    {
        Command command = new(
            "anomalies",
            "Prints CSV with the columns timestamp,value,lower,upper,anomaly_score: for each row in its order, the band that was expected "
                + "from the rows before it, and a score from 0 to 1.")
        {
            _file,
            _factor,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        double factor = parsed.GetValue(_factor);
        if (!double.IsFinite(factor) || factor <= 0)
        {
            throw new CommandException(
                string.Create(CultureInfo.InvariantCulture, $"{_factor.Name} must be a finite number greater than 0, not {factor}"));
        }

        TextWriter output = parsed.InvocationConfiguration.Output;
        AnomalyDetector detector = new();
        IAsyncEnumerator<TimeValueRow> rows =
            TimeValueCsv.ReadAsync(parsed.GetValue(_file)!, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using ConfiguredAsyncDisposable end = rows.ConfigureAwait(false);

        // A file that cannot be read or has no rows has no header either.
        if (!await rows.MoveNextAsync().ConfigureAwait(false))
        {
            throw TimeValueFile.NoRows(parsed.GetValue(_file)!);
        }

        output.Write("timestamp,value,lower,upper,anomaly_score\n");
        do
        {
            TimeValueRow row = rows.Current;
            AnomalyObservation seen = detector.Observe(row.Time, row.Value);
            output.Write(string.Create(
                CultureInfo.InvariantCulture,
                $"{row.Timestamp},{row.Value},{seen.Band.Lower(factor)},{seen.Band.Upper(factor)},{seen.Score}\n"));
        }
        while (await rows.MoveNextAsync().ConfigureAwait(false));

        return ExitStatus.Success;
    }
}
