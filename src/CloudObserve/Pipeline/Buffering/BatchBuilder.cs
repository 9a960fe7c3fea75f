using System.Buffers;
using System.Runtime.InteropServices;
using CloudObserve.Delivery;

namespace CloudObserve.Pipeline.Buffering;

/// <summary>
/// Writes items into wire bodies of the form <c>prefix item,item,… suffix</c>, and starts a new body before a limit is exceeded.
/// </summary>
/// <remarks>
/// An item is written first and checked afterwards: if it does not fit, its bytes move to the next body, and the previous body is sealed
/// without it. No size has to be known in advance, and no body exceeds a limit. An item too large for any body is refused.
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

    /// <summary>Gets the number of bytes written so far of the open item.</summary>
    internal int ItemLength => _length - _itemStart;

    /// <summary>Opens an item. Everything written until <see cref="TryEndItem"/> belongs to it.</summary>
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
    /// <param name="weight">The item's weight in the ledger.</param>
    /// <param name="acceptableUntil">The time at which the item becomes too old for the service.</param>
    /// <param name="header">The header of a body that has to be sealed; its <see cref="BatchHeader.AcceptableUntil"/> is filled in.</param>
    /// <param name="full">The body that was sealed to make room, or <see langword="null"/>.</param>
    /// <returns><see langword="false"/> if the item alone is larger than a body may be; it is removed.</returns>
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

    /// <summary>Closes the item without checking the limits, for a caller that counts in other units and seals in time.</summary>
    /// <param name="weight">The item's weight in the ledger.</param>
    /// <param name="acceptableUntil">The time at which the item becomes too old for the service.</param>
    internal void EndItem(long weight, DateTimeOffset acceptableUntil)
    {
        _ends.Add(_length);
        _weights.Add(weight);
        _acceptableUntil = acceptableUntil < _acceptableUntil ? acceptableUntil : _acceptableUntil;
    }

    /// <summary>Removes the open item, which cannot be completed.</summary>
    internal void AbandonItem() => _length = _ends.Count == 0 ? 0 : _ends[^1];

    /// <summary>Seals and returns the open body, or returns <see langword="null"/> if it has no item.</summary>
    internal Batch? Seal(BatchHeader header)
    {
        if (_ends.Count == 0)
        {
            return null;
        }

        this.Write(_suffix.Span);
        Batch batch = new(
            header with { AcceptableUntil = _acceptableUntil }, _body, _length, _prefix.Length, [.. _ends], WeightsOrNull());

        // The batch now owns the array.
        _body = [];
        _lastLength = _length;
        _length = 0;
        _ends.Clear();
        _weights.Clear();
        _acceptableUntil = DateTimeOffset.MaxValue;
        return batch;
    }

    /// <summary>Seals and returns the first items of the open body; the other items begin the next body. No item may be open.</summary>
    /// <param name="header">The header of the sealed body; its <see cref="BatchHeader.AcceptableUntil"/> is filled in.</param>
    /// <param name="count">The number of items to seal: at least one, and not all.</param>
    /// <param name="acceptableUntil">The time at which the first of the remaining items becomes too old for the service.</param>
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

    /// <summary>Reorders the items of the open body. No item may be open.</summary>
    /// <param name="order">For each new position, the index of the item to place there: every index once.</param>
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

        // Bodies of one kind have similar sizes, and growing in small steps would copy each body about one more time.
        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, Math.Max(_lastLength, _body.Length * 2)));
        _body.AsSpan(0, _length).CopyTo(larger);
        if (_body.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_body);
        }

        _body = larger;
    }
}
