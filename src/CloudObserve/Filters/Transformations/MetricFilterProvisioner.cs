using System.Buffers;
using CloudObserve.Delivery;
using CloudObserve.LogEvents.Routing;
using CloudObserve.Logs;
using CloudObserve.Pipeline.Delivery;
using Microsoft.Extensions.Logging;

namespace CloudObserve.Filters.Transformations;

/// <summary>Puts metric filters into log groups of the destination through the host's sink.</summary>
/// <threadsafety>Safe for concurrent use.</threadsafety>
/// <param name="target">The destination. A copy is made of each filter that was put.</param>
/// <param name="logs">The options of the logs. A filter without log groups is put into all of theirs.</param>
/// <param name="identity">The values of placeholders in the names of log groups.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Receives a message for each log group where putting a filter failed.</param>
internal sealed class MetricFilterProvisioner(
    DeliveryTarget target, LogsOptions logs, LogIdentity identity, TimeProvider time, ILogger logger)
{
    /// <summary>The time limit for putting all filters.</summary>
    /// <remarks>The log reader waits for the outcome, so that no event is counted both by CloudWatch and here.</remarks>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // CloudWatch Logs accepts five PutMetricFilter calls a second.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>Puts filters and returns the log groups where this failed.</summary>
    /// <param name="filters">The filters.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>For each filter, the log groups into which it could not be put. Each failure has been logged.</returns>
    internal async Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> PutAsync(
        IEnumerable<MetricFilterDefinition> filters, CancellationToken cancellationToken)
    {
        using CancellationTokenSource timeout = new(Patience, time);
        using CancellationTokenSource linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        Dictionary<string, IReadOnlyList<string>> failed = new(StringComparer.Ordinal);
        foreach (MetricFilterDefinition filter in filters)
        {
            List<string> missing = [];
            foreach (string group in filter.LogGroups.Length == 0 ? ShippedGroups.Of(logs, identity) : filter.LogGroups)
            {
                SendResult result = await PutAsync(filter, group, linked.Token).ConfigureAwait(false);
                if (result.Error != ErrorClass.None)
                {
                    logger.FilterNotPut(filter.Name, group, result.Code, result.Message);
                    missing.Add(group);
                }
            }

            failed[filter.Name] = missing;
        }

        return failed;
    }

    private async Task<SendResult> PutAsync(MetricFilterDefinition filter, string group, CancellationToken cancellationToken)
    {
        SendResult? last = null;
        try
        {
            do
            {
                using Batch call = BatchOf(filter, group);
                last = await target.Sink.SendAsync(call, cancellationToken).ConfigureAwait(false);
                if (last.Error == ErrorClass.None)
                {
                    // Not before: a filter that could not be put is evaluated in this process, and must not count in the copy as well.
                    target.Copies?.Take(call);
                }

                if (!IsWorthAnotherTry(last.Error))
                {
                    return last;
                }

                await Task.Delay(last.RetryAfter ?? Pause, time, cancellationToken).ConfigureAwait(false);
            }
            while (true);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return last ?? SendResult.Failed(ErrorClass.Unavailable, "RequestTimeout", $"There was no answer within {Patience}.");
        }
        catch (Exception exception)
        {
            // A sink of the application may not support this operation.
            return SendResult.Failed(ErrorClass.Invalid, exception.GetType().Name, exception.Message);
        }
    }

    // PutMetricFilter is idempotent, so it can be repeated after an ambiguous answer.
    private static bool IsWorthAnotherTry(ErrorClass error) =>
        error is ErrorClass.Throttled or ErrorClass.Unavailable or ErrorClass.Ambiguous;

    private Batch BatchOf(MetricFilterDefinition filter, string group)
    {
        ReadOnlySpan<byte> body = MetricFilterBody.Write(group, filter.Name, filter.Options);
        byte[] rented = ArrayPool<byte>.Shared.Rent(body.Length);
        body.CopyTo(rented);
        DateTimeOffset now = time.GetUtcNow();
        BatchHeader header = new(MetricFilterBody.Operation, $"metric filter {filter.Name} of log group {group}", now, now + Patience);
        return new Batch(header, rented, body.Length, 0, [body.Length], null);
    }
}
