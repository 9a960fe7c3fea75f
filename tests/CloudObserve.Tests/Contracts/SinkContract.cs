using CloudObserve.Delivery;
using CloudObserve.Testing;

namespace CloudObserve.Tests.Contracts;

/// <summary>The common parts of both operations' contracts: a sink for each test, and a clock.</summary>
public abstract class SinkContract : IAsyncLifetime
{
    private protected ManualTimeProvider Clock { get; } = new();

    private protected IBatchSink Sink { get; private set; } = null!;

    public Task InitializeAsync()
    {
        Sink = CreateSink();
        return Task.CompletedTask;
    }

    public virtual async Task DisposeAsync()
    {
        switch (Sink)
        {
            case IAsyncDisposable disposable:
                await disposable.DisposeAsync();
                break;
            case IDisposable disposable:
                disposable.Dispose();
                break;
        }
    }

    private protected abstract IBatchSink CreateSink();

    private protected async Task Arrives(Batch batch)
    {
        using (batch)
        {
            SendResult result = await Sink.SendAsync(batch, CancellationToken.None);
            Assert.True(result.Error == ErrorClass.None, result.ToString());
            Assert.Empty(result.Rejected);
        }
    }
}
