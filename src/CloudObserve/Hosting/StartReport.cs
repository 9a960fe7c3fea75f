using CloudObserve.Diagnostics;
using CloudObserve.Filters;
using CloudObserve.Pipeline.Delivery;
using CloudObserve.Sinks.Local;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CloudObserve.Hosting;

/// <summary>Says at start where the data goes, and at stop what became of it.</summary>
internal sealed class StartReport(ILoggerFactory loggers, IHostEnvironment? environment, CloudObserveOptions options, bool hasLogs)
{
    private readonly ILogger _logger = loggers.CreateLogger(Log.HostCategory);

    internal void Started(IBatchSink sink)
    {
        if (options.MetricFilters.Count > 0 && !hasLogs)
        {
            _logger.FiltersWithoutLogs(options.MetricFilters.Count);
        }

        foreach ((string name, MetricFilterOptions filter) in options.MetricFilters)
        {
            if (FilterPattern.Parse(filter.Pattern).LacksField(filter.Value))
            {
                _logger.FilterWithoutValue(name, filter.Value);
            }
        }

        if (sink is LocalSink && environment?.IsProduction() == true)
        {
            _logger.LocalDestinationInProduction();
            return;
        }

        string destination = DestinationName.Of(sink);
        _logger.Started(destination);
    }

    internal void Stopped(IReadOnlyDictionary<string, LedgerSnapshot> ledgers)
    {
        foreach ((string signal, LedgerSnapshot books) in ledgers)
        {
            if (books.Spooled > 0)
            {
                _logger.StoppedWithSpool(
                    signal, books.Accepted, books.Delivered, books.Spooled, books.TotalLost, string.Join(", ", books.Lost.Select(l => $"{l.Key}: {l.Value}")));
            }
            else if (books.TotalLost == 0)
            {
                _logger.StoppedComplete(signal, books.Accepted, books.Delivered);
            }
            else
            {
                StoppedWithLoss(signal, books);
            }
        }
    }

    private void StoppedWithLoss(string signal, LedgerSnapshot books)
    {
        string reasons = string.Join(", ", books.Lost.Select(l => $"{l.Key}: {l.Value}"));
        if (books.Lost.Keys.All(reason => reason.IsIntended()))
        {
            _logger.StoppedWithIntendedLoss(signal, books.Accepted, books.Delivered, books.TotalLost, reasons);
        }
        else
        {
            _logger.StoppedWithLoss(signal, books.Accepted, books.Delivered, books.TotalLost, reasons);
        }
    }
}
