using CloudObserve.Audit;
using CloudObserve.Pipeline.Delivery;

namespace CloudObserve.Tests.Audit;

/// <summary>Remembers what the trail told.</summary>
internal sealed class QuietObserver : IAuditObserver
{
    private int _groups;

    internal int Groups => Volatile.Read(ref _groups);

    internal List<string> Notices { get; } = [];

    internal List<string> Interruptions { get; } = [];

    public void Recorded(string? errorCode)
    {
    }

    public void Committed(int records, TimeSpan duration) => Interlocked.Increment(ref _groups);

    public void Lost(LossReason reason, int records, Exception why)
    {
    }

    public void Interrupted(string operation, Exception why)
    {
        lock (Interruptions)
        {
            Interruptions.Add($"{operation}: {why.Message}");
        }
    }

    public void Succeeded(string operation)
    {
    }

    public void Noticed(string notice) => Notices.Add(notice);
}
