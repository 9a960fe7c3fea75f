using System.Threading.Channels;

namespace CloudObserve.Monitoring.Tests.Hosting;

/// <summary>Keeps the notifications that handlers of a test received.</summary>
internal sealed class Notes
{
    private readonly Channel<AlarmNotification> _received = Channel.CreateUnbounded<AlarmNotification>();

    internal void Add(AlarmNotification notification) => Assert.True(_received.Writer.TryWrite(notification));

    /// <summary>Waits for the next notification.</summary>
    internal async Task<AlarmNotification> NextAsync()
    {
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(30));
        return await _received.Reader.ReadAsync(limit.Token);
    }

    internal bool TryNext(out AlarmNotification? notification) => _received.Reader.TryRead(out notification);
}
