using System.CommandLine;
using System.Globalization;
using CloudObserve.LogEvents.Routing;

namespace CloudObserve.Cli.Costs;

/// <summary>Defines <c>cloudobserve cost</c>, which estimates the monthly cost of an application's telemetry on AWS.</summary>
internal sealed class CostCommand
{
    // The typical size of the samples' events, including the 26 bytes that CloudWatch Logs counts for each.
    private const int TypicalEventBytes = 400;

    private const string StandardInput = "-";

    private readonly StandardStreams _streams;
    private readonly Option<string?> _report = Text(
        "--report", "FILE",
        "The output of a run that ends with a line 'report: {...}', or the status of a process as JSON; - for standard input.");
    private readonly Option<string?> _since =
        Text("--since", "FILE", "An earlier status of the same process; the estimate extrapolates the time between the two.");
    private readonly Option<string?> _over = Text("--over", "TIME", "The duration of that run: 30s, 5m, 2h.");
    private readonly Option<long?> _series = new("--series")
    {
        Description = "The number of metrics; each combination of name and dimension values counts as one.",
        HelpName = "N",
    };
    private readonly Option<string> _interval = new("--publish-interval")
    {
        Description = "The publish interval of each process.",
        HelpName = "TIME",
        DefaultValueFactory = _ => "60s",
    };
    private readonly Option<decimal?> _requests = new("--requests-per-minute")
    {
        Description = "PutMetricData requests of each process in a minute. The default is derived from the series.",
        HelpName = "N",
    };
    private readonly Option<decimal?> _logGigabytes = new("--log-gb")
    {
        Description = "Log events of all processes in a month, in GB.",
        HelpName = "N",
    };
    private readonly Option<string> _logClass = new("--log-class")
    {
        Description = "The class of the log groups.",
        HelpName = "CLASS",
        DefaultValueFactory = _ => "standard",
    };
    private readonly Option<int?> _retention = new("--retention-days")
    {
        Description = $"The retention of events in days, one that CloudWatch Logs accepts: {RetentionPeriods.Text}.",
        HelpName = "N",
    };
    private readonly Option<int> _instances = new("--instances")
    {
        Description = "The number of identical processes.",
        HelpName = "N",
        DefaultValueFactory = _ => 1,
    };
    private readonly Option<int> _eventBytes = new("--event-bytes")
    {
        Description = "The size of a log event in bytes, used if the report only counts events.",
        HelpName = "N",
        DefaultValueFactory = _ => TypicalEventBytes,
    };
    private readonly Option<bool> _freeTier = new("--free-tier") { Description = "Subtract the free tier of an account." };
    private readonly Option<string?> _prices = Text("--prices", "FILE", "A price list to use instead of the built-in one.");
    private readonly Option<bool> _printPrices = new("--print-prices") { Description = "Print the built-in price list, for editing." };
    private readonly Option<bool> _json = new("--json") { Description = "Print the estimate as JSON." };

    private CostCommand(StandardStreams streams)
    {
        _streams = streams;
        _ = _logClass.AcceptOnlyFromAmong("standard", "infrequent-access");
    }

    internal static Command Create(StandardStreams streams) => new CostCommand(streams).Create();

    private static Option<string?> Text(string name, string value, string description) =>
        new(name) { Description = description, HelpName = value };

    private Command Create()
    {
        Command command =
            new("cost", "Estimates the monthly cost of an application's metrics and logs on AWS, from a run or from given quantities.")
        {
            _report, _since, _over, _series, _interval, _requests, _logGigabytes, _logClass, _retention, _instances, _eventBytes,
                _freeTier, _prices, _printPrices, _json,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(_printPrices))
        {
            Stream prices = PriceList.OpenDefault();
            await using (prices.ConfigureAwait(false))
            {
                await prices.CopyToAsync(_streams.Output, cancellationToken).ConfigureAwait(false);
            }

            return ExitStatus.Success;
        }

        PriceList list = PriceList.Read(parsed.GetValue(_prices));
        CostEstimate estimate = new(await AskAsync(parsed, cancellationToken).ConfigureAwait(false), list);
        if (estimate.Lines.Count == 0)
        {
            throw new CommandException("there is nothing to estimate: set --report, --series or --log-gb");
        }

        if (parsed.GetValue(_json))
        {
            CostOutput.WriteJson(parsed.InvocationConfiguration.Output, estimate, list);
        }
        else
        {
            CostOutput.WriteTable(parsed.InvocationConfiguration.Output, estimate, list);
        }

        return ExitStatus.Success;
    }

    private async Task<CostQuestion> AskAsync(ParseResult parsed, CancellationToken cancellationToken) => new()
    {
        Series = NotNegative(_series.Name, parsed.GetValue(_series)),
        PublishInterval = Duration(_interval.Name, parsed.GetValue(_interval)!),
        RequestsPerMinute = NotNegative(_requests.Name, parsed.GetValue(_requests)),
        LogGigabytes = NotNegative(_logGigabytes.Name, parsed.GetValue(_logGigabytes)),
        InfrequentAccess = parsed.GetValue(_logClass) == "infrequent-access",
        RetentionDays = Retention(parsed.GetValue(_retention)),
        Instances = Instances(parsed.GetValue(_instances)),
        EventBytes = NotNegative<int>(_eventBytes.Name, parsed.GetValue(_eventBytes))!.Value,
        FreeTier = parsed.GetValue(_freeTier),
        RunTime = parsed.GetValue(_over) is { } over ? Duration(_over.Name, over) : null,
        Run = await RunOfAsync(parsed, cancellationToken).ConfigureAwait(false),
    };

    private async Task<CapturedRun?> RunOfAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(_report) is not { } report)
        {
            return null;
        }

        CapturedRun run = await ReadAsync(report, cancellationToken).ConfigureAwait(false);
        return parsed.GetValue(_since) is { } since ? run.After(await ReadAsync(since, cancellationToken).ConfigureAwait(false)) : run;
    }

    private async Task<CapturedRun> ReadAsync(string path, CancellationToken cancellationToken) =>
        CapturedRun.Read(await TextAsync(path, cancellationToken).ConfigureAwait(false), path == StandardInput ? "standard input" : path);

    private async Task<string> TextAsync(string path, CancellationToken cancellationToken)
    {
        if (path != StandardInput)
        {
            InputFile.Check(path);
        }

        try
        {
            using StreamReader reader = path == StandardInput ? new StreamReader(_streams.Input, leaveOpen: true) : new StreamReader(path);
            return await reader.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new CommandException(exception.Message);
        }
    }

    private static T? NotNegative<T>(string option, T? value)
        where T : struct, System.Numerics.INumber<T> =>
        value is { } number && T.IsNegative(number)
            ? throw new CommandException(string.Create(CultureInfo.InvariantCulture, $"{option} must not be below 0, but is {number}"))
            : value;

    private int? Retention(int? days) => days is null || RetentionPeriods.Contains(days.Value)
        ? days
        : throw new CommandException(
            string.Create(CultureInfo.InvariantCulture,
                $"{_retention.Name} must be one of {RetentionPeriods.Text}, not {days}; omit it to keep events forever"));

    private int Instances(int number) => number > 0
        ? number
        : throw new CommandException(string.Create(CultureInfo.InvariantCulture, $"{_instances.Name} must be 1 or more, not {number}"));

    private static TimeSpan Duration(string option, string text)
    {
        TimeSpan unit = DurationUnit.Of(text);
        return unit > TimeSpan.Zero
            && double.TryParse(
                text.AsSpan(0, text.Length - 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double count)
                && count is > 0 and < 10_000
            ? unit * count
            : throw new CommandException($"{option} must be a time such as 30s, 5m or 2h, not '{text}'");
    }
}
