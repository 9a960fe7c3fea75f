using CloudObserve.Delivery;
using CloudObserve.Metrics;
using CloudObserve.Pipeline.Delivery;
using CloudObserve.Sinks.Local;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CloudObserve.Hosting;

/// <summary>Logs the destination of the data at start and the delivery totals at stop.</summary>
/// <param name="logger">Receives the messages.</param>
/// <param name="environment">The host's environment, if there is a host.</param>
/// <param name="options">The validated options.</param>
/// <param name="local">The part of the embedded CloudWatch in this host.</param>
/// <param name="added">The signals that were added.</param>
/// <param name="warnings">Warns of configuration without effect.</param>
internal sealed class StartReport(
    ILogger logger,
    IHostEnvironment? environment,
    CloudObserveOptions options,
    LocalComposition local,
    AddedSignals added,
    ConfigurationWarnings warnings)
{
    private const string StandardOutputName = "standard output";

    internal void Started(IBatchSink sink)
    {
        warnings.Write(keepsData: local.Kept is not null);
        // With metrics on standard output and no other signal, the sink receives no data.
        bool writesLines = options.Metrics.EmbeddedMetricFormat is { Target: EmbeddedMetricTarget.StandardOutput };
        bool usesSink = !writesLines || added.Logs || added.AuditTrail;
        if (usesSink && sink is LocalSink && environment?.IsProduction() == true)
        {
            logger.LocalDestinationInProduction();
            return;
        }

        string destination = DestinationName.Of(new DeliveryTarget(sink, null, local.Copies));
        logger.Started((writesLines, usesSink) switch
        {
            (true, false) => StandardOutputName,
            (true, true) => $"{destination}, and metrics to {StandardOutputName}",
            _ => destination,
        });
    }

    internal void Stopped(IReadOnlyDictionary<string, LedgerSnapshot> ledgers)
    {
        foreach ((string signal, LedgerSnapshot books) in ledgers)
        {
            string reasons = books.TotalLost == 0 ? "" : $" ({Reasons(books)})";
            if (books.InFlight > books.Spooled)
            {
                logger.StoppedUnfinished(
                    signal, books.Accepted, books.Delivered, books.Spooled, books.TotalLost, reasons, books.InFlight - books.Spooled);
            }
            else if (books.Spooled > 0)
            {
                logger.StoppedWithSpool(signal, books.Accepted, books.Delivered, books.Spooled, books.TotalLost, reasons);
            }
            else if (books.TotalLost == 0)
            {
                logger.StoppedComplete(signal, books.Accepted, books.Delivered);
            }
            else
            {
                StoppedWithLoss(signal, books);
            }
        }
    }

    private static string Reasons(LedgerSnapshot books) => string.Join(", ", books.Lost.Select(l => $"{l.Key}: {l.Value}"));

    private void StoppedWithLoss(string signal, LedgerSnapshot books)
    {
        string reasons = Reasons(books);
        if (books.Lost.Keys.All(reason => reason.IsIntended))
        {
            logger.StoppedWithIntendedLoss(signal, books.Accepted, books.Delivered, books.TotalLost, reasons);
        }
        else
        {
            logger.StoppedWithLoss(signal, books.Accepted, books.Delivered, books.TotalLost, reasons);
        }
    }
}
