using System.Buffers;
using System.Diagnostics;

namespace CloudObserve.Pipeline.Delivery;

/// <summary>The wire body of one service call, encoded once, with what the pipeline must know of it: its items, what they count for, and their age.</summary>
/// <remarks>
/// The body is <c>prefix item,item,…,item suffix</c>. Because the place of each item is kept, a batch can be halved by copying bytes, without
/// knowing what they mean. Memory is pooled and belongs to the batch until <see cref="Dispose"/>.
/// </remarks>
/// <threadsafety>Not safe for concurrent use: one owner at a time, handed on from encoder to queue to sender.</threadsafety>
[DebuggerDisplay("{Operation} to {Destination}: {ItemCount} items, {Body.Length} bytes")]
public sealed class Batch : IDisposable
{
    private readonly int[] _ends;
    private readonly long[]? _weights;
    private readonly int _prefixLength;
    private readonly int _length;
    private byte[]? _body;

    /// <summary>Initializes a new instance of the <see cref="Batch"/> class.</summary>
    /// <param name="header">Where the batch goes and how old it is.</param>
    /// <param name="body">An array rented from <see cref="ArrayPool{T}.Shared"/>; the batch takes it over.</param>
    /// <param name="length">How many bytes of <paramref name="body"/> are used.</param>
    /// <param name="prefixLength">Where the first item begins.</param>
    /// <param name="ends">For each item the index behind its last byte. One separator byte stands between items.</param>
    /// <param name="weights">What each item counts for in the ledger (a metric datum stands for many samples); <see langword="null"/> when each is one.</param>
    public Batch(BatchHeader header, byte[] body, int length, int prefixLength, int[] ends, long[]? weights)
    {
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(body);
        ArgumentNullException.ThrowIfNull(ends);
        ArgumentOutOfRangeException.ThrowIfZero(ends.Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, body.Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ends[^1], length);
        Header = header;
        _body = body;
        _length = length;
        _prefixLength = prefixLength;
        _ends = ends;
        _weights = weights;
        Weight = weights is null ? ends.Length : Sum(weights);
    }

    /// <summary>Gets where the batch goes and how old it is.</summary>
    public BatchHeader Header { get; }

    /// <summary>Gets the operation, such as <c>PutMetricData</c>.</summary>
    public string Operation => Header.Operation;

    /// <summary>Gets what the batch is addressed to, in words for people.</summary>
    public string Destination => Header.Destination;

    /// <summary>Gets the wire body.</summary>
    /// <exception cref="ObjectDisposedException">The memory has gone back to the pool.</exception>
    public ReadOnlyMemory<byte> Body
    {
        get
        {
            ObjectDisposedException.ThrowIf(_body is null, this);
            return _body.AsMemory(0, _length);
        }
    }

    /// <summary>Gets the number of items.</summary>
    public int ItemCount => _ends.Length;

    /// <summary>Gets what the batch counts for in the ledger.</summary>
    public long Weight { get; }

    /// <summary>Gets where the first item begins.</summary>
    internal int PrefixLength => _prefixLength;

    /// <summary>Gets for each item the index behind its last byte.</summary>
    internal ReadOnlySpan<int> Ends => _ends;

    /// <summary>Gets what each item counts for; empty when each is one.</summary>
    internal ReadOnlySpan<long> Weights => _weights;

    /// <summary>Gets the bytes of one item.</summary>
    /// <param name="index">The item's index.</param>
    /// <returns>The bytes, without separators.</returns>
    public ReadOnlyMemory<byte> Item(int index) => Body[Start(index).._ends[index]];

    /// <summary>Gets what a run of items counts for in the ledger.</summary>
    /// <param name="start">The first item.</param>
    /// <param name="count">How many items.</param>
    /// <returns>The sum of their weights.</returns>
    public long WeightOf(int start, int count) => _weights is null ? count : Sum(_weights.AsSpan(start, count));

    /// <summary>Copies a run of items into a batch of its own, with the same prefix and suffix.</summary>
    /// <param name="start">The first item.</param>
    /// <param name="count">How many items; at least one.</param>
    /// <returns>A new batch that owns its own memory.</returns>
    public Batch Slice(int start, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start + count, ItemCount);
        ReadOnlySpan<byte> whole = Body.Span;
        int from = Start(start);
        ReadOnlySpan<byte> items = whole[from.._ends[start + count - 1]];
        ReadOnlySpan<byte> suffix = whole[_ends[^1]..];
        int length = _prefixLength + items.Length + suffix.Length;
        byte[] body = ArrayPool<byte>.Shared.Rent(length);
        whole[.._prefixLength].CopyTo(body);
        items.CopyTo(body.AsSpan(_prefixLength));
        suffix.CopyTo(body.AsSpan(_prefixLength + items.Length));
        int[] ends = new int[count];
        for (int i = 0; i < count; i++)
        {
            ends[i] = _ends[start + i] - from + _prefixLength;
        }

        return new Batch(Header, body, length, _prefixLength, ends, _weights?.AsSpan(start, count).ToArray());
    }

    /// <summary>Gives the memory back to the pool.</summary>
    public void Dispose()
    {
        byte[]? body = Interlocked.Exchange(ref _body, null);
        if (body is not null)
        {
            ArrayPool<byte>.Shared.Return(body);
        }
    }

    private static long Sum(ReadOnlySpan<long> weights)
    {
        long sum = 0;
        foreach (long weight in weights)
        {
            sum += weight;
        }

        return sum;
    }

    private int Start(int index) => index == 0 ? _prefixLength : _ends[index - 1] + 1;
}
