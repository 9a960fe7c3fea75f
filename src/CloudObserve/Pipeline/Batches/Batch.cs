using System.Buffers;
using System.Diagnostics;

namespace CloudObserve.Delivery;

/// <summary>The encoded wire body of one service call, with its items, their weights and their age.</summary>
/// <remarks>
/// The body has the form <c>prefix item,item,…,item suffix</c>. Because the end of each item is known, a batch can be split by copying
/// bytes, without parsing them. The memory is pooled and belongs to the batch until <see cref="Dispose"/>.
/// </remarks>
/// <threadsafety>Not safe for concurrent use. It has one owner at a time: the encoder, then the queue, then the sender.</threadsafety>
[DebuggerDisplay("{Operation} to {Destination}: {ItemCount} items, {Body.Length} bytes")]
public sealed class Batch : IDisposable
{
    private readonly int[] _ends;
    private readonly long[]? _weights;
    private readonly int _prefixLength;
    private readonly int _length;
    private byte[]? _body;
    private int _isTaken;

    /// <summary>Initializes a new instance of the <see cref="Batch"/> class.</summary>
    /// <param name="header">The destination and the age of the batch.</param>
    /// <param name="body">An array rented from <see cref="ArrayPool{T}.Shared"/>; the batch takes ownership.</param>
    /// <param name="length">The number of bytes of <paramref name="body"/> that are used.</param>
    /// <param name="prefixLength">The index at which the first item begins.</param>
    /// <param name="ends">For each item, the index after its last byte. One separator byte stands between items.</param>
    /// <param name="weights">The weight of each item in the ledger (a metric datum holds many samples), or <see langword="null"/> if every
    /// weight is 1.</param>
    /// <exception cref="ArgumentException">The ends do not ascend within the body, or the weights do not match the items.</exception>
    public Batch(BatchHeader header, byte[] body, int length, int prefixLength, int[] ends, long[]? weights)
    {
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(body);
        ArgumentNullException.ThrowIfNull(ends);
        ArgumentOutOfRangeException.ThrowIfZero(ends.Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, body.Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ends[^1], length);
        CheckItems(prefixLength, ends, weights);
        Header = header;
        _body = body;
        _length = length;
        _prefixLength = prefixLength;
        _ends = ends;
        _weights = weights;
        Weight = weights is null ? ends.Length : Sum(weights);
    }

    /// <summary>Gets the destination and the age of the batch.</summary>
    public BatchHeader Header { get; }

    /// <summary>Gets the operation, such as <c>PutMetricData</c>.</summary>
    public string Operation => Header.Operation;

    /// <summary>Gets a description of the destination, for messages.</summary>
    public string Destination => Header.Destination;

    /// <summary>Gets the wire body.</summary>
    /// <exception cref="ObjectDisposedException">The batch has been disposed of, and its memory has been returned to the pool.</exception>
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

    /// <summary>Gets the weight of the batch in the ledger.</summary>
    public long Weight { get; }

    /// <summary>Gets the index at which the first item begins.</summary>
    internal int PrefixLength => _prefixLength;

    /// <summary>Gets, for each item, the index after its last byte.</summary>
    internal ReadOnlySpan<int> Ends => _ends;

    /// <summary>Gets the weight of each item; empty if every weight is 1.</summary>
    internal ReadOnlySpan<long> Weights => _weights;

    /// <summary>Gets or sets the id by which a later process recognizes the copy of this batch; empty if no copy was made.</summary>
    internal Guid CopyId { get; set; }

    /// <summary>Gets the index of the first item within the batch that was encoded. It is not zero in a part of a split batch.</summary>
    internal int FirstItem { get; init; }

    /// <summary>Gets the bytes of one item.</summary>
    /// <param name="index">The item's index.</param>
    /// <returns>The bytes, without separators.</returns>
    public ReadOnlyMemory<byte> Item(int index) => Body[Start(index).._ends[index]];

    /// <summary>Returns the weight of consecutive items in the ledger.</summary>
    /// <param name="start">The index of the first item.</param>
    /// <param name="count">The number of items.</param>
    /// <returns>The sum of their weights.</returns>
    public long WeightOf(int start, int count) => _weights is null ? count : Sum(_weights.AsSpan(start, count));

    /// <summary>Creates a batch of one item, whose bytes are the whole body.</summary>
    /// <param name="header">The destination and the age of the batch.</param>
    /// <param name="item">The item, which is copied.</param>
    /// <param name="weight">The weight of the item in the ledger.</param>
    /// <returns>A batch that owns its memory. It cannot be halved.</returns>
    public static Batch Create(BatchHeader header, ReadOnlySpan<byte> item, long weight = 1)
    {
        ArgumentNullException.ThrowIfNull(header);
        byte[] body = ArrayPool<byte>.Shared.Rent(item.Length);
        item.CopyTo(body);
        return new Batch(header, body, item.Length, 0, [item.Length], weight == 1 ? null : [weight]);
    }

    /// <summary>Creates a batch of several items: the prefix, the items separated by commas, and the suffix.</summary>
    /// <param name="header">The destination and the age of the batch.</param>
    /// <param name="prefix">The bytes before the first item, such as <c>[</c>.</param>
    /// <param name="items">The items, at least one. They are copied, and each has the weight 1.</param>
    /// <param name="suffix">The bytes after the last item, such as <c>]</c>.</param>
    /// <returns>A batch that owns its memory. A sink that refuses it gets its halves, until the invalid item is isolated.</returns>
    /// <exception cref="ArgumentException"><paramref name="items"/> is empty.</exception>
    public static Batch Create(
        BatchHeader header, ReadOnlySpan<byte> prefix, IReadOnlyList<ReadOnlyMemory<byte>> items, ReadOnlySpan<byte> suffix)
    {
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(items);
        ArgumentOutOfRangeException.ThrowIfZero(items.Count, nameof(items));
        int length = checked(prefix.Length + items.Sum(static i => i.Length) + items.Count - 1 + suffix.Length);
        byte[] body = ArrayPool<byte>.Shared.Rent(length);
        int[] ends = new int[items.Count];
        prefix.CopyTo(body);
        int at = prefix.Length;
        for (int i = 0; i < ends.Length; i++)
        {
            if (i > 0)
            {
                body[at++] = (byte)',';
            }

            items[i].Span.CopyTo(body.AsSpan(at));
            ends[i] = at += items[i].Length;
        }

        suffix.CopyTo(body.AsSpan(at));
        return new Batch(header, body, length, prefix.Length, ends, null);
    }

    /// <summary>Copies consecutive items into a new batch with the same prefix and suffix.</summary>
    /// <param name="start">The index of the first item.</param>
    /// <param name="count">The number of items; at least one.</param>
    /// <returns>A new batch that owns its memory.</returns>
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

        return new Batch(Header, body, length, _prefixLength, ends, _weights?.AsSpan(start, count).ToArray())
        {
            CopyId = CopyId,
            FirstItem = FirstItem + start,
        };
    }

    /// <summary>Copies the whole batch.</summary>
    /// <returns>A new batch that owns its memory. The two share the positions and weights of the items, which do not change.</returns>
    internal Batch Copy()
    {
        byte[] body = ArrayPool<byte>.Shared.Rent(_length);
        Body.Span.CopyTo(body);
        return new Batch(Header, body, _length, _prefixLength, _ends, _weights) { CopyId = CopyId, FirstItem = FirstItem };
    }

    /// <summary>Returns the memory to the pool.</summary>
    public void Dispose()
    {
        byte[]? body = Interlocked.Exchange(ref _body, null);
        if (body is not null)
        {
            ArrayPool<byte>.Shared.Return(body);
        }
    }

    /// <summary>Takes the batch for delivery. It can be taken once, and not after it was disposed of.</summary>
    internal bool TryTake() => Interlocked.Exchange(ref _isTaken, 1) == 0 && _body is not null;

    private static void CheckItems(int prefixLength, int[] ends, long[]? weights)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(prefixLength);
        int start = prefixLength;
        foreach (int end in ends)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(end, start, nameof(ends));
            start = end == int.MaxValue ? end : end + 1;
        }

        if (weights is not null && (weights.Length != ends.Length || Array.Exists(weights, static w => w < 0)))
        {
            throw new ArgumentException($"There must be {ends.Length} weights, one for each item, and none negative.", nameof(weights));
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
