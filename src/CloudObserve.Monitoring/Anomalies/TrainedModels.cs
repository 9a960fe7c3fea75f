using System.Diagnostics.CodeAnalysis;

namespace CloudObserve.Monitoring.Anomalies;

/// <summary>Keeps the trained models of the series that were asked for last.</summary>
/// <remarks>Safe for concurrent use. The lock guards the dictionary and the order of use, and nothing is called while it is held.</remarks>
internal sealed class TrainedModels(int capacity)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedListNode<(string Key, TrainedModel Model)>> _models = new(StringComparer.Ordinal);

    // The one that was used last is first.
    private readonly LinkedList<(string Key, TrainedModel Model)> _byUse = new();

    internal int Count
    {
        get
        {
            lock (_lock)
            {
                return _models.Count;
            }
        }
    }

    internal bool TryGet(string key, [NotNullWhen(true)] out TrainedModel? model)
    {
        lock (_lock)
        {
            bool isKnown = _models.TryGetValue(key, out LinkedListNode<(string Key, TrainedModel Model)>? node);
            if (isKnown)
            {
                _byUse.Remove(node!);
                _byUse.AddFirst(node!);
            }

            model = node?.Value.Model;
            return isKnown;
        }
    }

    internal void Put(string key, TrainedModel model)
    {
        lock (_lock)
        {
            if (_models.Remove(key, out LinkedListNode<(string Key, TrainedModel Model)>? known))
            {
                _byUse.Remove(known);
            }

            if (_models.Count == capacity)
            {
                _ = _models.Remove(_byUse.Last!.Value.Key);
                _byUse.RemoveLast();
            }

            _models.Add(key, _byUse.AddFirst((key, model)));
        }
    }
}
