using System.Collections.Concurrent;
using System.Diagnostics.Tracing;

namespace CloudObserve.Tests.Diagnostics;

/// <summary>Keeps what the library's event source writes, and on which threads.</summary>
internal sealed class EventSourceListener : EventListener
{
    internal ConcurrentQueue<(string Name, string Text)> Written { get; } = new();

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == "CloudObserve")
        {
            EnableEvents(eventSource, EventLevel.Verbose);
        }
    }

    internal ConcurrentQueue<int> Threads { get; } = new();

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        Threads?.Enqueue(Environment.CurrentManagedThreadId);
        Written?.Enqueue((eventData.EventName ?? "", string.Join(' ', eventData.Payload ?? (IEnumerable<object?>)[])));
    }
}
