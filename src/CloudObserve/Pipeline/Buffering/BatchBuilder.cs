using System.Buffers;
using System.Runtime.InteropServices;
using CloudObserve.Pipeline.Delivery;

namespace CloudObserve.Pipeline.Buffering;

/// <summary>Writes items one after another into wire bodies of the form <c>prefix item,item,… suffix</c>, and starts a new body before a limit is passed.</summary>
/// <remarks>
/// An item is written first and counted afterwards: when it turns out not to fit, its bytes move to the next body and the one before is sealed
/// without it. So no size has to be known in advance, and no body ever exceeds a limit. An item too large for any body is handed back.
/// </remarks>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class BatchBuilder : IBufferWriter<byte>
{
    private const int InitialBytes = 16 * 1024;

    private readonly ReadOnlyMemory<byte> _prefix;
    private readonly ReadOnlyMemory<byte> _suffix;
    private readonly int _maxItems;
    private readonly int _maxBytes;
    private readonly byte _separator;
    private readonly List<int> _ends = [];
    private readonly List<long> _weights = [];
    private byte[] _body = [];
    private int _length;
    private int _lastLength = InitialBytes;
    private int _itemStart;
    private DateTimeOffset _acceptableUntil = DateTimeOffset.MaxValue;

    internal BatchBuilder(ReadOnlyMemory<byte> prefix, ReadOnlyMemory<byte> suffix, int maxItems, int maxBytes, byte separator = (byte)',')
    {
        _prefix = prefix;
        _suffix = suffix;
        _maxItems = maxItems;
        _maxBytes = maxBytes;
        _separator = separator;
    }

    /// <summary>Gets the number of items in the open body.</summary>
    internal int ItemCount => _ends.Count;

    /// <summary>Gets the number of bytes the item being written has so far.</summary>
    internal int ItemLength => _length - _itemStart;

    /// <summary>Opens an item; what is written until <see cref="TryEndItem"/> belongs to it.</summary>
    internal void BeginItem()
    {
        if (_length == 0)
        {
            this.Write(_prefix.Span);
        }
        else if (_ends.Count > 0)
        {
            GetSpan(1)[0] = _separator;
            _length++;
        }

        _itemStart = _length;
    }

    /// <summary>Closes the item.</summary>
    /// <param name="weight">What it counts for in the ledger.</param>
    /// <param name="acceptableUntil">When it becomes too old for the service.</param>
    /// <param name="header">What a body that had to be sealed is addressed to; its age is filled in.</param>
    /// <param name="full">The body that had to be sealed to make room, if one had.</param>
    /// <returns><see langword="false"/> when the item alone is larger than a body may be; it is taken out again.</returns>
    internal bool TryEndItem(long weight, DateTimeOffset acceptableUntil, BatchHeader header, out Batch? full)
    {
        full = null;
        int itemLength = ItemLength;
        if (_prefix.Length + itemLength + _suffix.Length > _maxBytes)
        {
            AbandonItem();
            return false;
        }

        if (_ends.Count == _maxItems || _length + _suffix.Length > _maxBytes)
        {
            full = SealBeforeItem(header, itemLength);
        }

        EndItem(weight, acceptableUntil);
        return true;
    }

    /// <summary>Closes the item without asking for a limit: for a caller who counts otherwise than in bytes of the body, and seals in time.</summary>
    /// <param name="weight">What it counts for in the ledger.</param>
    /// <param name="acceptableUntil">When it becomes too old for the service.</param>
    internal void EndItem(long weight, DateTimeOffset acceptableUntil)
    {
        _ends.Add(_length);
        _weights.Add(weight);
        _acceptableUntil = acceptableUntil < _acceptableUntil ? acceptableUntil : _acceptableUntil;
    }

    /// <summary>Takes an item out again that was opened and cannot be completed.</summary>
    internal void AbandonItem() => _length = _ends.Count == 0 ? 0 : _ends[^1];

    /// <summary>Hands over the open body, or <see langword="null"/> when it has no item.</summary>
    internal Batch? Seal(BatchHeader header)
    {
        if (_ends.Count == 0)
        {
            return null;
        }

        this.Write(_suffix.Span);
        Batch batch = new(
            header with { AcceptableUntil = _acceptableUntil }, _body, _length, _prefix.Length, [.. _ends], WeightsOrNull());

        // The array belongs to the batch now.
        _body = [];
        _lastLength = _length;
        _length = 0;
        _ends.Clear();
        _weights.Clear();
        _acceptableUntil = DateTimeOffset.MaxValue;
        return batch;
    }

    /// <summary>Hands over the first items of the open body; the others begin the next one. No item may be open.</summary>
    /// <param name="header">What the body is addressed to; its age is filled in.</param>
    /// <param name="count">How many items go: at least one, and not all.</param>
    /// <param name="acceptableUntil">When the first of the items that stay becomes too old for the service.</param>
    internal Batch SealFirst(BatchHeader header, int count, DateTimeOffset acceptableUntil)
    {
        int start = _ends[count - 1] + 1;
        byte[] rest = ArrayPool<byte>.Shared.Rent(_length - start);
        int restLength = _length - start;
        _body.AsSpan(start, restLength).CopyTo(rest);
        int[] restEnds = [.. _ends.Skip(count).Select(end => end - start + _prefix.Length)];
        long[] restWeights = [.. _weights.Skip(count)];
        _length = start - 1;
        _ends.RemoveRange(count, _ends.Count - count);
        _weights.RemoveRange(count, _weights.Count - count);

        Batch sealedFirst = Seal(header)!;
        this.Write(_prefix.Span);
        this.Write(rest.AsSpan(0, restLength));
        ArrayPool<byte>.Shared.Return(rest);
        _ends.AddRange(restEnds);
        _weights.AddRange(restWeights);
        _acceptableUntil = acceptableUntil;
        return sealedFirst;
    }

    /// <summary>Puts the items of the open body into another order. No item may be open.</summary>
    /// <param name="order">For each place the index of the item that comes there: every index once.</param>
    internal void Reorder(ReadOnlySpan<int> order)
    {
        int[] ends = [.. _ends];
        long[] weights = [.. _weights];
        byte[] moved = ArrayPool<byte>.Shared.Rent(_length);
        _prefix.Span.CopyTo(moved);
        int length = _prefix.Length;
        for (int place = 0; place < order.Length; place++)
        {
            int item = order[place];
            int start = item == 0 ? _prefix.Length : ends[item - 1] + 1;
            if (place > 0)
            {
                moved[length++] = _separator;
            }

            _body.AsSpan(start..ends[item]).CopyTo(moved.AsSpan(length));
            length += ends[item] - start;
            _ends[place] = length;
            _weights[place] = weights[item];
        }

        ArrayPool<byte>.Shared.Return(_body);
        _body = moved;
    }

    public void Advance(int count) => _length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        EnsureRoom(sizeHint);
        return _body.AsMemory(_length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        EnsureRoom(sizeHint);
        return _body.AsSpan(_length);
    }

    private Batch? SealBeforeItem(BatchHeader header, int itemLength)
    {
        byte[] item = ArrayPool<byte>.Shared.Rent(itemLength);
        _body.AsSpan(_itemStart, itemLength).CopyTo(item);
        _length = _ends[^1];
        Batch? full = Seal(header);
        this.Write(_prefix.Span);
        _itemStart = _length;
        this.Write(item.AsSpan(0, itemLength));
        ArrayPool<byte>.Shared.Return(item);
        return full;
    }

    private long[]? WeightsOrNull() => !CollectionsMarshal.AsSpan(_weights).ContainsAnyExcept(1L) ? null : [.. _weights];

    private void EnsureRoom(int sizeHint)
    {
        int needed = _length + Math.Max(sizeHint, 1);
        if (needed <= _body.Length)
        {
            return;
        }

        // Bodies of one kind resemble each other, and growing step by step would copy each about once over.
        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, Math.Max(_lastLength, _body.Length * 2)));
        _body.AsSpan(0, _length).CopyTo(larger);
        if (_body.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_body);
        }

        _body = larger;
    }
}
