using System.CommandLine;
using CloudObserve.Monitoring;

namespace CloudObserve.Cli.Metrics;

/// <summary>Defines <c>cloudobserve metrics math</c>, which evaluates a metric math expression on CSV files.</summary>
internal sealed class MetricsMathCommand
{
    private readonly Argument<string> _expression = new("EXPRESSION")
    {
        Description = "The expression, such as '100 * errors / requests'. Put one that begins with '-' after '--'.",
    };

    private readonly Option<string[]> _data = new("--data")
    {
        Description = "The values of a metric: the id in the expression and a CSV file with the columns timestamp,value, plain or gzip. "
            + "A timestamp is ISO 8601 or seconds since 1970, and the start of its period. A gap is a missing row.",
        HelpName = "ID=FILE",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<int?> _period = new("--period")
    {
        Description = "The period of the values in seconds. The default is the smallest distance between two timestamps of a file.",
        HelpName = "SECONDS",
    };

    private MetricsMathCommand()
    {
    }

    internal static Command Create()
    {
        MetricsMathCommand math = new();
        Command command = new("math", "Prints the result of a metric math expression as CSV. The exit status is 0, or 2 after an error.")
        {
            math._expression,
            math._data,
            math._period,
        };
        command.SetAction(math.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        string expression = parsed.GetValue(_expression)!;
        if (!MetricMath.TryParse(expression, out MetricMath? math, out MetricMathError? error))
        {
            throw Invalid(error);
        }

        int? period = parsed.GetValue(_period);
        if (period < 1)
        {
            throw new CommandException($"{_period.Name} must be at least 1 second, but it is {period}");
        }

        List<KeyValuePair<string, MetricSeries>> metrics =
            await SeriesFiles.ReadAsync(parsed.GetValue(_data) ?? [], _data.Name, period, cancellationToken).ConfigureAwait(false);
        if (!math.TryEvaluate(metrics, out IReadOnlyList<MetricSeries>? result, out error))
        {
            throw Invalid(error);
        }

        SeriesOutput.Write(parsed.InvocationConfiguration.Output, result, math.MakesArray);
        return ExitStatus.Success;
    }

    private static CommandException Invalid(MetricMathError error) =>
        new($"the expression is invalid at position {error.Position}:\n{error}");
}
