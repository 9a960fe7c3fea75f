using CloudObserve.Delivery;
using CloudObserve.Local;
using CloudObserve.Sinks.Local.Ingestion;

namespace CloudObserve.Sinks.Local;

/// <summary>Applies wire bodies to the embedded CloudWatch: those of batches, and those that are replayed from files.</summary>
/// <remarks>Each service operation is an <see cref="ILocalOperation"/>; a further signal adds one to the table below and nothing
/// else.</remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
/// <param name="cloudWatch">The embedded CloudWatch.</param>
/// <param name="groups">The settings of a log group, by its name, when it is created; <see langword="null"/> is none for any.</param>
internal sealed class LocalIngestion(EmbeddedCloudWatch cloudWatch, Func<string, LogGroupSettings>? groups)
{
    private readonly Dictionary<string, ILocalOperation> _operations = new(StringComparer.Ordinal)
    {
        ["PutMetricData"] = new PutMetricDataOperation(cloudWatch.Metrics),
        ["PutLogEvents"] = new PutLogEventsOperation(
            cloudWatch.Logs, cloudWatch.Metrics, cloudWatch.MetricFilters, groups ?? (static _ => LogGroupSettings.None)),
        ["PutMetricFilter"] = new PutMetricFilterOperation(cloudWatch.MetricFilters),
    };

    internal EmbeddedCloudWatch CloudWatch => cloudWatch;

    /// <summary>Applies a wire body, or refuses it as AWS would.</summary>
    internal SendResult Apply(string operation, ReadOnlySpan<byte> body, Arrival arrival)
    {
        if (!_operations.TryGetValue(operation, out ILocalOperation? known))
        {
            return SendResult.Failed(ErrorClass.Invalid, ErrorCodes.UnknownOperation, $"The operation {operation} is not known here.");
        }

        try
        {
            return known.Apply(body, arrival);
        }
        catch (CloudWatchException refusal)
        {
            ErrorClass error = refusal.Code == ErrorCodes.RequestEntityTooLarge ? ErrorClass.TooLarge : ErrorClass.Invalid;
            return SendResult.Failed(error, refusal.Code, refusal.Message);
        }
    }
}
