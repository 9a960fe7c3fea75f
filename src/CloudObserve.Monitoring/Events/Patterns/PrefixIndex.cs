namespace CloudObserve.Monitoring.Events.Patterns;

/// <summary>Finds all of many prefixes that a value begins with.</summary>
/// <remarks>
/// The prefixes are sorted. Those that a value begins with are the last one that does not sort behind the value, if it is one, and its own
/// prefixes. So the search takes a logarithm of steps, and one for each prefix that is found.
/// </remarks>
internal sealed class PrefixIndex
{
    private readonly byte[][] _prefixes;
    private readonly int[][] _tests;
    private readonly int[] _parents;

    internal PrefixIndex(IEnumerable<(byte[] Prefix, int Test)> entries)
    {
        SortedDictionary<byte[], List<int>> sorted = new(ByteOrder.Instance);
        foreach ((byte[] prefix, int test) in entries)
        {
            if (!sorted.TryGetValue(prefix, out List<int>? tests))
            {
                sorted.Add(prefix, tests = []);
            }

            tests.Add(test);
        }

        _prefixes = [.. sorted.Keys];
        _tests = [.. sorted.Values.Select(static t => t.ToArray())];
        _parents = new int[_prefixes.Length];
        MaxLength = _prefixes.Length == 0 ? 0 : _prefixes.Max(static p => p.Length);
        for (int i = 0; i < _prefixes.Length; i++)
        {
            int parent = i - 1;
            while (parent >= 0 && !_prefixes[i].AsSpan().StartsWith(_prefixes[parent]))
            {
                parent = _parents[parent];
            }

            _parents[i] = parent;
        }
    }

    /// <summary>Gets a value indicating whether there is no prefix.</summary>
    internal bool IsEmpty => _prefixes.Length == 0;

    /// <summary>Gets the length of the longest prefix.</summary>
    internal int MaxLength { get; }

    /// <summary>Returns the longest prefix that a value begins with.</summary>
    /// <returns>The number of the prefix; -1 if there is none.</returns>
    internal int Find(ReadOnlySpan<byte> value)
    {
        int low = 0;
        int high = _prefixes.Length - 1;
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            (low, high) = value.SequenceCompareTo(_prefixes[middle]) >= 0 ? (middle + 1, high) : (low, middle - 1);
        }

        while (high >= 0 && !value.StartsWith(_prefixes[high]))
        {
            high = _parents[high];
        }

        return high;
    }

    /// <summary>Returns the next shorter prefix of a prefix; -1 if there is none.</summary>
    internal int Shorter(int prefix) => _parents[prefix];

    /// <summary>Returns the tests of a prefix.</summary>
    internal ReadOnlySpan<int> TestsOf(int prefix) => _tests[prefix];

    private sealed class ByteOrder : IComparer<byte[]>
    {
        internal static readonly ByteOrder Instance = new();

        public int Compare(byte[]? x, byte[]? y) => x.AsSpan().SequenceCompareTo(y);
    }
}
