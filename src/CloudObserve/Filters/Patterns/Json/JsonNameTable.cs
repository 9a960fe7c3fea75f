using System.Numerics;
using System.Text;

namespace CloudObserve.Filters.Patterns.Json;

/// <summary>Finds a node by the UTF-8 bytes of a property name.</summary>
/// <threadsafety>Immutable.</threadsafety>
internal sealed class JsonNameTable
{
    private readonly (byte[] Name, JsonNode Node)[][] _buckets;

    internal JsonNameTable(IReadOnlyCollection<KeyValuePair<string, JsonNode>> entries)
    {
        Count = entries.Count;
        int size = (int)BitOperations.RoundUpToPowerOf2((uint)entries.Count * 2 + 1);
        ILookup<int, (byte[] Name, JsonNode Node)> byHash = entries
            .Select(static entry => (Name: Encoding.UTF8.GetBytes(entry.Key), Node: entry.Value))
            .ToLookup(entry => Hash(entry.Name) & (size - 1));
        _buckets = [.. Enumerable.Range(0, size).Select(bucket => byHash[bucket].ToArray())];
    }

    internal int Count { get; }

    internal JsonNode? Find(ReadOnlySpan<byte> name)
    {
        foreach ((byte[] candidate, JsonNode node) in _buckets[Hash(name) & (_buckets.Length - 1)])
        {
            WorkMeter.Add(1);
            if (name.SequenceEqual(candidate))
            {
                return node;
            }
        }

        return null;
    }

    // A simple hash is enough: the names come from patterns, so their authors decide how long a bucket gets, and not the events.
    private static int Hash(ReadOnlySpan<byte> name) =>
        name.IsEmpty ? 0 : (name.Length * 31) + (name[0] * 7) + (name[name.Length / 2] * 3) + name[^1];
}
