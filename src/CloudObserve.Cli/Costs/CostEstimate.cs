using System.Globalization;
using CloudObserve.Diagnostics;

namespace CloudObserve.Cli.Costs;

/// <summary>Calculates the cost of a month.</summary>
internal sealed class CostEstimate
{
    /// <summary>The number of hours in a month, as in AWS's own calculator.</summary>
    internal const int HoursPerMonth = 730;

    // CloudWatch allows 1,000 datums in a request. A series needs one datum per period, unless it has many values.
    private const int DatumsPerRequest = 1_000;
    private const int SecondsPerHour = 3_600;
    private const int MinutesPerHour = 60;
    private const decimal BytesPerGigabyte = 1_000_000_000;
    private const decimal DaysPerMonth = HoursPerMonth / 24m;

    private readonly CostQuestion _question;
    private readonly PriceList _prices;
    private readonly List<CostLine> _lines = [];
    private readonly List<string> _remarks = [];

    internal CostEstimate(CostQuestion question, PriceList prices)
    {
        _question = question;
        _prices = prices;
        long? series = AddSeries();
        AddRequests(series);
        AddLogs();
    }

    internal IReadOnlyList<CostLine> Lines => _lines;

    internal IReadOnlyList<string> Remarks => _remarks;

    internal decimal Total => _lines.Sum(static l => l.Cost);

    private long? AddSeries()
    {
        if (_question.Series is { } given)
        {
            Add(PriceList.CustomMetric, given, UsageOrigin.Given, "--series");
        }
        else if (_question.Run?.Series is { } seen)
        {
            Add(PriceList.CustomMetric, seen, UsageOrigin.Measured,
                "each active all month; series with a dimension for the process are not multiplied");
        }

        return _question.Series ?? _question.Run?.Series;
    }

    private void AddRequests(long? series)
    {
        if (_question.RequestsPerMinute is { } perMinute)
        {
            Add(PriceList.PutMetricData, perMinute * MinutesPerHour * HoursPerMonth * _question.Instances, UsageOrigin.Given,
                "--requests-per-minute of each process");
        }
        else if (series > 0)
        {
            decimal perPublishing = Math.Ceiling((decimal)series / DatumsPerRequest);
            decimal publishings = HoursPerMonth * SecondsPerHour / (decimal)_question.PublishInterval.TotalSeconds;
            string every = _question.PublishInterval.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
            Add(PriceList.PutMetricData, Math.Ceiling(perPublishing * publishings * _question.Instances), UsageOrigin.Estimated,
                $"{perPublishing} each {every} s of each process; more if series have many values");
        }
    }

    private void AddLogs()
    {
        (decimal Gigabytes, UsageOrigin Origin, string How)? logs = Logs();
        if (logs is not { } volume)
        {
            return;
        }

        Add(
            _question.InfrequentAccess ? PriceList.LogIngestionInfrequentAccess : PriceList.LogIngestionStandard,
            volume.Gigabytes,
            volume.Origin,
            volume.How);
        decimal months = _question.RetentionDays is { } days ? days / DaysPerMonth : 1;
        Add(PriceList.LogStorage, volume.Gigabytes * months, UsageOrigin.Estimated,
            "calculated without compression; AWS bills the compressed size");
        if (_question.RetentionDays is null)
        {
            _remarks.Add("Without --retention-days, the storage is that of one month's events, and it grows by this amount every month.");
        }
    }

    private (decimal Gigabytes, UsageOrigin Origin, string How)? Logs()
    {
        if (_question.LogGigabytes is { } given)
        {
            return (given, UsageOrigin.Given, "--log-gb");
        }

        if (_question.Run is not { } run || (run.LogBytes ?? run.LogEvents) is null)
        {
            return null;
        }

        decimal seconds = (decimal?)_question.RunTime?.TotalSeconds ?? run.Seconds
            ?? throw new CommandException("the report does not contain the duration of the run: set --over");
        if (seconds == 0)
        {
            throw new CommandException("the run lasted 0 seconds: set --over");
        }

        decimal runs = HoursPerMonth * SecondsPerHour / seconds * _question.Instances;
        return run.LogBytes is { } bytes
            ? (bytes * runs / BytesPerGigabyte, UsageOrigin.Measured, "the run's bytes, all month")
            : (
                run.LogEvents!.Value * _question.EventBytes * runs / BytesPerGigabyte,
                UsageOrigin.Estimated,
                $"the run's events, all month, of {Counted.Of(_question.EventBytes, "byte")} each");
    }

    private void Add(string item, decimal quantity, UsageOrigin origin, string how)
    {
        Price price = _prices[item];
        decimal billed = _question.FreeTier ? Math.Max(0, quantity - price.Free) : quantity;
        _lines.Add(new CostLine(item, quantity, price.Unit, price.Of(billed), origin, how));
    }
}
