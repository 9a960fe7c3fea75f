using System.Buffers;
using CloudObserve.Diagnostics;
using CloudObserve.Filters.Transformations;
using CloudObserve.Pipeline.Delivery;
using Microsoft.Extensions.Logging;

namespace CloudObserve.Hosting;

/// <summary>Puts metric filters into the log groups of the destination, through the sink that everything goes through.</summary>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class MetricFilterProvisioner(IBatchSink sink, TimeProvider time, ILogger logger)
{
    /// <summary>How long it is tried: the reading of logs waits for the outcome, so that no event is counted here and there.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // CloudWatch Logs takes five such calls a second.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>Puts filters.</summary>
    /// <param name="filters">The filters, each with the log groups it is for.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <returns>For each filter the log groups that it could not be put into; that has been said.</returns>
    internal async Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> PutAsync(
        IEnumerable<(MetricFilterDefinition Filter, IReadOnlyList<string> Groups)> filters, CancellationToken cancellationToken)
    {
        using CancellationTokenSource patience = new(Patience, time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        Dictionary<string, IReadOnlyList<string>> failed = new(StringComparer.Ordinal);
        foreach ((MetricFilterDefinition filter, IReadOnlyList<string> groups) in filters)
        {
            List<string> missing = [];
            foreach (string group in groups)
            {
                SendResult result = await PutAsync(filter, group, either.Token).ConfigureAwait(false);
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
                last = await sink.SendAsync(call, cancellationToken).ConfigureAwait(false);
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
        catch (Exception fault)
        {
            // A sink of the application's own may know no such operation.
            return SendResult.Failed(ErrorClass.Invalid, fault.GetType().Name, fault.Message);
        }
    }

    // Putting a filter twice is putting it once, so an answer that was lost may be asked for again.
    private static bool IsWorthAnotherTry(ErrorClass error) => error is ErrorClass.Throttled or ErrorClass.Unavailable or ErrorClass.Ambiguous;

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
