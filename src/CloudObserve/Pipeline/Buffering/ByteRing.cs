using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CloudObserve.Pipeline.Buffering;

/// <summary>
/// A bounded, preallocated ring of variable-length records with many writers and one reader. No operation takes a lock or waits.
/// </summary>
/// <remarks>
/// <para>Positions count bytes since the beginning and only grow; a position modulo the capacity is an offset in the ring. The claimed
/// records lie between <see cref="Head"/> and <see cref="Tail"/>, each after its header. All other words are zero.</para>
/// <para>Writing: a compare-exchange moves the tail past the record, and the writer then owns the space; it copies the payload and stores
/// the header. Compare-exchange is used instead of fetch-and-add because a claim can fail: an addition that passed the head could not be
/// undone once another writer had added after it. Without contention both cost the same. A lost exchange is repeated at once with the value
/// it found.</para>
/// <para>A record is contiguous. A record that does not fit before the end of the ring also claims the rest of the lap, in the same
/// exchange, and marks it as skipped.</para>
/// <para>The reader zeroes the space it frees, so that a future header reads as not published, whatever was stored there one lap before.
/// Stamping headers with their lap number would avoid the zeroing, but headers have no fixed offsets: old payload, which users control,
/// could be mistaken for a header. The zeroed lines are those the reader has just read, so they are in its own cache.</para>
/// </remarks>
/// <threadsafety>Claiming, publishing, abandoning and the positions are safe for concurrent use. Reading and releasing may be called by one
/// thread at a time.</threadsafety>
[DebuggerDisplay("{UsedBytes} of {Capacity} bytes used")]
internal sealed class ByteRing
{
    /// <summary>The smallest capacity, in bytes, for which a record of the maximum length always fits an empty ring.</summary>
    internal const int MinCapacity = 64;

    /// <summary>The largest capacity, in bytes.</summary>
    internal const int MaxCapacity = 1 << 30;

    // Set in the tail when the ring closes. No position comes near this value, so every later claim finds no room, and claiming needs no
    // separate check. A compare-exchange that expected the earlier tail fails and reads the new one.
    private const long Closed = 1L << 62;

    // Words, not bytes, so that a header is one aligned load or store. The words of a record belong to its writer until the header is
    // stored, then to the reader until the head passes them.
    private readonly long[] _words;

    // Changed by writers, with interlocked operations only.
    private PaddedLong _tail;

    // The head as some writer last read it. It saves other writers a cache miss on the line that the reader keeps writing. Writers
    // overwrite each other, so the value may go back; it never exceeds the head, so a stale value only makes a writer read the head again.
    private PaddedLong _knownHead;

    // Changed by the reader only.
    private PaddedLong _head;

    // Accessed only by the reader: the position after the last record it read.
    private PaddedLong _read;

    /// <summary>Initializes a new instance of the <see cref="ByteRing"/> class.</summary>
    /// <param name="capacity">The capacity in bytes, including headers: a power of two.</param>
    internal ByteRing(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, MinCapacity);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(capacity, MaxCapacity);
        if (!BitOperations.IsPow2(capacity))
        {
            throw new ArgumentOutOfRangeException(nameof(capacity), capacity, "The capacity of a ring must be a power of two.");
        }

        Capacity = capacity;
        _words = new long[capacity / RecordHeader.Size];
    }

    internal int Capacity { get; }

    /// <summary>Gets the length of the longest record, in bytes: a quarter of the capacity.</summary>
    /// <remarks>With this limit, a record and the skipped end of a lap always fit an empty ring together.</remarks>
    internal int MaxRecordLength => Capacity / 4;

    /// <summary>Gets the position after the last claimed record. A flush waits until <see cref="Head"/> reaches it.</summary>
    /// <remarks>Acquire: a thread that reads a position also sees everything its writer did before claiming.</remarks>
    internal long Tail => Volatile.Read(ref _tail.Value) & ~Closed;

    /// <summary>Gets a value indicating whether all further claims are refused.</summary>
    internal bool IsClosed => (Volatile.Read(ref _tail.Value) & Closed) != 0;

    /// <summary>Gets the position after the last freed record.</summary>
    /// <remarks>Acquire: a thread that sees the head past a record also sees everything the reader did with that record.</remarks>
    internal long Head => Volatile.Read(ref _head.Value);

    /// <summary>Gets the number of bytes claimed and not yet freed, including headers and skipped bytes.</summary>
    internal long UsedBytes
    {
        get
        {
            // The head is read first; otherwise it could pass the tail that was read. Meanwhile the tail may have advanced by more than the
            // capacity.
            long head = Head;
            return Math.Min(Tail - head, Capacity);
        }
    }

    /// <summary>
    /// Gets a value indicating whether <see cref="TryRead"/> would find a record or a skip mark. Called only by the reader.
    /// </summary>
    internal bool IsReadable_ReaderOnly => !HasReadAll() && HeaderAt(_read.Value).IsPublished;

    /// <summary>Claims space for a record. The caller writes to it, and publishes or abandons it.</summary>
    /// <param name="length">The number of bytes; at most <see cref="MaxRecordLength"/>.</param>
    /// <param name="claim">The claimed space.</param>
    /// <returns><see langword="false"/> if there is not enough free space now; nothing was claimed.</returns>
    internal bool TryClaim(int length, out RingClaim claim)
    {
        if ((uint)length > (uint)MaxRecordLength)
        {
            ThrowBadLength(length);
        }

        int size = RecordHeader.SizeOf(length);
        long tail = Tail;
        while (true)
        {
            int restOfLap = Capacity - PlaceOf(tail);
            int skipped = size > restOfLap ? restOfLap : 0;
            long end = tail + skipped + size;

            // A stale tail does no harm: the exchange fails. It also causes no wrong refusal, because a later tail gives an equal or later
            // end.
            if (end - Volatile.Read(ref _knownHead.Value) > Capacity && !HasRoomUpTo(end))
            {
                claim = default;
                return false;
            }

            // The only change of the tail. It is a full fence: the acquire of the head comes before it, so the words are zeroed before they
            // belong to this writer; and the writer's later read, which checks whether the reader waits, comes after it (see
            // RingReaderWait).
            long found = Interlocked.CompareExchange(ref _tail.Value, end, tail);
            if (found == tail)
            {
                claim = Claimed(tail, skipped, length);
                return true;
            }

            tail = found;
        }
    }

    /// <summary>Refuses every later claim. Records claimed before can still be published and read.</summary>
    /// <returns>The position after the last claimed record. Once <see cref="Head"/> reaches it, nothing is left.</returns>
    internal long Close() => Interlocked.Or(ref _tail.Value, Closed) & ~Closed;

    /// <summary>Passes a written record to the reader. Records become readable in the order in which they were claimed.</summary>
    internal void Publish(in RingClaim claim) => Store(claim.Position, RecordHeader.Record(claim.Span.Length));

    /// <summary>Abandons a claimed record, which the reader then skips. Called by a writer that threw.</summary>
    internal void Abandon(in RingClaim claim) => Store(claim.Position, RecordHeader.Skip(claim.Span.Length));

    /// <summary>Reads the next record. Called only by the reader.</summary>
    /// <param name="record">The record; valid until <see cref="Release"/>.</param>
    /// <returns><see langword="false"/> if the next record is not published yet, or if there is none. Later records wait for it.</returns>
    internal bool TryRead(out ReadOnlySpan<byte> record)
    {
        while (!HasReadAll())
        {
            RecordHeader header = HeaderAt(_read.Value);
            if (!header.IsPublished)
            {
                break;
            }

            long position = _read.Value;
            _read.Value = position + RecordHeader.SizeOf(header.Length);
            if (!header.IsSkip)
            {
                record = PayloadAt(position, header.Length);
                return true;
            }
        }

        record = default;
        return false;
    }

    /// <summary>Returns the space of everything read so far to the writers. Called only by the reader.</summary>
    /// <remarks>Also call it after a <see cref="TryRead"/> that found nothing, which may have passed skipped bytes.</remarks>
    internal void Release()
    {
        long head = _head.Value;
        int count = (int)(_read.Value - head);
        if (count == 0)
        {
            return;
        }

        int place = PlaceOf(head);
        int beforeEnd = Math.Min(count, Capacity - place);
        Array.Clear(_words, place / RecordHeader.Size, beforeEnd / RecordHeader.Size);
        Array.Clear(_words, 0, (count - beforeEnd) / RecordHeader.Size);

        // Release: the reads of the records and the zeroing are complete before a writer can see the space as free.
        Volatile.Write(ref _head.Value, _read.Value);
    }

    private int PlaceOf(long position) => (int)position & (Capacity - 1);

    // If every byte is read and none is freed, the next offset holds the oldest record, still published: it must not be read again.
    private bool HasReadAll() => _read.Value - _head.Value == Capacity;

    // Acquire: a thread that sees the header also sees everything its writer stored before the header.
    private RecordHeader HeaderAt(long position) => new(Volatile.Read(ref _words[PlaceOf(position) / RecordHeader.Size]));

    private void Store(long position, RecordHeader header)
    {
        ref long word = ref _words[PlaceOf(position) / RecordHeader.Size];
        Debug.Assert(word == 0, "A claimed header must be zero until it is published.");

        // Release: the payload is stored before the header, so the reader never sees a partly written record.
        Volatile.Write(ref word, header.Word);
    }

    private Span<byte> PayloadAt(long position, int length)
    {
        int first = (PlaceOf(position) / RecordHeader.Size) + 1;
        return MemoryMarshal.AsBytes(_words.AsSpan(first))[..length];
    }

    private RingClaim Claimed(long tail, int skipped, int length)
    {
        if (skipped != 0)
        {
            Store(tail, RecordHeader.Skip(skipped - RecordHeader.Size));
        }

        long position = tail + skipped;
        return new RingClaim(PayloadAt(position, length), position);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool HasRoomUpTo(long end)
    {
        // Acquire, paired with the release store in Release: the space before this head is zeroed for the writer that goes on to claim it.
        // Other writers read the head from the field below with acquire; it is stored with release, so the zeroes are visible to them too.
        long head = Head;
        Volatile.Write(ref _knownHead.Value, head);
        return end - head <= Capacity;
    }

    private void ThrowBadLength(int length) =>
        throw new ArgumentOutOfRangeException(nameof(length), length, $"A record in this ring must have 0 to {MaxRecordLength} bytes.");
}
