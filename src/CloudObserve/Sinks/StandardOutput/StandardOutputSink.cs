using System.Diagnostics.CodeAnalysis;
using CloudObserve.Pipeline;
using CloudObserve.Pipeline.Delivery;

namespace CloudObserve.Sinks.StandardOutput;

/// <summary>Writes batches of lines to standard output, each batch as a whole.</summary>
/// <remarks>
/// Standard output that is closed or broken does not come back, so what cannot be written is lost at once: <see cref="LossReason.OutputBroken"/>.
/// A reader that stops reading holds the writing, which then waits for the host's deadline and not on the thread that keeps it.
/// </remarks>
/// <threadsafety>Safe for concurrent use: one batch is written at a time.</threadsafety>
/// <param name="open">Opens the output; called when the first batch is written, and again as long as that fails.</param>
[SuppressMessage("Design", "CA1001", Justification = "The semaphore is asked for no wait handle, so there is nothing to dispose of.")]
internal sealed class StandardOutputSink(Func<Stream> open) : IBatchSink
{
    private readonly SemaphoreSlim _turn = new(1);

    // Guarded by the turn.
    private Stream? _output;

    /// <inheritdoc/>
    public async ValueTask<SendResult> SendAsync(Batch batch, CancellationToken cancellationToken)
    {
        // Whoever is told to stop here has written nothing; who writes cannot be stopped any more.
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

            // The console's own writer is synchronized, and its lock is itself: who prints through it cannot get in between the pieces that one
            // write may fall into. It writes through, so nothing of it waits in a buffer.
            lock (Console.Out)
            {
                _output.Write(batch.Body.Span);
                _output.Flush();
            }

            return SendResult.Delivered();
        }
        catch (Exception exception)
        {
            // Whatever a broken output throws: it is never the application's matter.
            return SendResult.Dropped(
                batch.ItemCount, LossReason.OutputBroken, exception.GetType().Name, $"standard output cannot be written to: {exception.Message}");
        }
    }
}
