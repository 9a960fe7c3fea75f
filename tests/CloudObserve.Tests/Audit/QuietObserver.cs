using System.Threading.Channels;
using CloudObserve.Audit;

namespace CloudObserve.Tests.Audit;

/// <summary>Remembers what the trail told.</summary>
internal sealed class QuietObserver : IAuditObserver
{
    private readonly Channel<string> _successes = Channel.CreateUnbounded<string>();
    private int _groups;

    internal int Groups => Volatile.Read(ref _groups);

    internal List<string> Notices { get; } = [];

    internal List<string> Interruptions { get; } = [];

    public void Recorded(string? errorCode)
    {
    }

    public void Committed(int records, TimeSpan duration, TimeSpan oldestAge) => Interlocked.Increment(ref _groups);

    public void Interrupted(string operation, Exception exception)
    {
        lock (Interruptions)
        {
            Interruptions.Add($"{operation}: {exception.Message}");
        }
    }

    public void Succeeded(string operation) => _successes.Writer.TryWrite(operation);

    /// <summary>Completes when work has succeeded once more.</summary>
    internal async Task SucceededAsync(string operation)
    {
        while (await _successes.Reader.ReadAsync() != operation)
        {
        }
    }

    public void Behind(string destination, long undelivered, TimeSpan oldestAge)
    {
    }

    public void HandlerFailed(string handler, Exception exception)
    {
        lock (Interruptions)
        {
            Interruptions.Add($"{handler}: {exception.Message}");
        }
    }

    public void Noticed(string notice) => Notices.Add(notice);
}
