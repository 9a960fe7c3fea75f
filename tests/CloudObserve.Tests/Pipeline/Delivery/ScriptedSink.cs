using System.Collections.Concurrent;
using CloudObserve.Delivery;

namespace CloudObserve.Tests.Pipeline.Delivery;

/// <summary>A destination in memory that answers as told and remembers what it was sent and what it took.</summary>
internal sealed class ScriptedSink(Func<Batch, int, CancellationToken, ValueTask<SendResult>> answer) : IBatchSink
{
    private readonly ConcurrentQueue<string> _calls = new();
    private readonly ConcurrentQueue<string> _taken = new();
    private readonly ConcurrentDictionary<Batch, byte> _batches = new();
    private int _attempts;

    internal ScriptedSink(Func<Batch, int, SendResult> answer)
        : this((batch, attempt, _) => ValueTask.FromResult(answer(batch, attempt)))
    {
    }

    /// <summary>Gets the items of each call, joined, in the order of the calls.</summary>
    internal string[] Calls => [.. _calls];

    /// <summary>Gets the items that were taken, once for each time.</summary>
    internal string[] Taken => [.. _taken];

    /// <summary>Gets every batch that was ever sent, halves included.</summary>
    internal ICollection<Batch> Batches => _batches.Keys;

    public async ValueTask<SendResult> SendAsync(Batch batch, CancellationToken cancellationToken)
    {
        _batches.TryAdd(batch, 0);
        string[] items = Delivery.Batches.ItemsOf(batch);
        _calls.Enqueue(string.Join(' ', items));
        SendResult result = await answer(batch, Interlocked.Increment(ref _attempts), cancellationToken);
        if (result.Error == ErrorClass.None)
        {
            Take(items, result.Rejected);
        }

        return result;
    }

    internal void Take(string[] items, IReadOnlyList<RejectedItems> rejected)
    {
        for (int i = 0; i < items.Length; i++)
        {
            if (!rejected.Any(r => i >= r.Start && i < r.Start + r.Count))
            {
                _taken.Enqueue(items[i]);
            }
        }
    }
}
