using System.Diagnostics.CodeAnalysis;
using CloudObserve.Delivery;
using CloudObserve.Pipeline;

namespace CloudObserve.Sinks.StandardOutput;

/// <summary>Writes batches of lines to standard output, each batch as a whole.</summary>
/// <remarks>
/// Standard output that is closed or broken does not recover, so data that cannot be written is lost at once. If the reader stops
/// reading, the write blocks on a thread of the pool, and its caller waits until the host's deadline.
/// </remarks>
/// <threadsafety>Safe for concurrent use: one batch is written at a time.</threadsafety>
/// <param name="open">Opens the output; called when the first batch is written, and again as long as that fails.</param>
/// <param name="broken">The loss reason of data that cannot be written.</param>
[SuppressMessage("Design", "CA1001", Justification = "The semaphore never creates its wait handle, so there is nothing to dispose of.")]
internal sealed class StandardOutputSink(Func<Stream> open, LossReason broken) : IBatchSink
{
    private readonly SemaphoreSlim _turn = new(1);

    // Guarded by the semaphore.
    private Stream? _output;

    /// <inheritdoc/>
    public async ValueTask<SendResult> SendAsync(Batch batch, CancellationToken cancellationToken)
    {
        // A cancelled caller has written nothing; a write that has begun cannot be cancelled.
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        SendResult result = SendResult.Delivered();
        try
        {
            await BackgroundLoop.Start(() =>
            {
                result = Write(batch);
                return Task.CompletedTask;
            }).ConfigureAwait(false);
        }
        finally
        {
            _ = _turn.Release();
        }

        return result;
    }

    private SendResult Write(Batch batch)
    {
        try
        {
            _output ??= open();

            // The console's own writer is synchronized on itself, so code that prints through it cannot write between the parts into which
            // one write may be split. It writes through, so nothing of it waits in a buffer.
            lock (Console.Out)
            {
                _output.Write(batch.Body.Span);
                _output.Flush();
            }

            return SendResult.Delivered();
        }
        catch (Exception exception)
        {
            // Exceptions of a broken output never reach the application.
            return SendResult.Dropped(
                batch.ItemCount,
                broken,
                exception.GetType().Name,
                $"standard output cannot be written: {exception.Message}");
        }
    }
}
