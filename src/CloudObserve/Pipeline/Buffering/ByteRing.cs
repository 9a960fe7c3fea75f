using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CloudObserve.Pipeline.Buffering;

/// <summary>A bounded ring of variable-length records, allocated once: many threads write, one reads, and none ever takes a lock or waits.</summary>
/// <remarks>
/// <para>Positions count bytes since the beginning and only grow; a position modulo the capacity is a place. From <see cref="Head"/> to
/// <see cref="Tail"/> lie claimed records, each behind its header. All other words are zero.</para>
/// <para>Writing: a compare-exchange moves the tail over the record, and thereby the space is the writer's; it copies, and stores the header.
/// An exchange is chosen over fetch-and-add because claiming can fail: an addition that turned out to pass the head could not be taken back
/// once another writer has added behind it. Undisturbed they cost the same, and a lost exchange is repeated at once with the value it found.</para>
/// <para>A record is contiguous. One that does not fit before the end of the ring takes the rest of the lap too, in the same exchange, and marks it
/// as skipped.</para>
/// <para>The reader zeroes what it frees, so that a word which is to become a header reads as not published, whatever lay there a lap
/// before. Stamping headers with their lap would spare that, but headers have no fixed places: old payload, which others
/// choose, could be mistaken for a header. The lines zeroed are those just read, in the reader's own cache.</para>
/// </remarks>
/// <threadsafety>Claiming, publishing, abandoning and the positions are safe for concurrent use; reading and releasing are for one thread at a time.</threadsafety>
[DebuggerDisplay("{UsedBytes} of {Capacity} bytes used")]
internal sealed class ByteRing
{
    /// <summary>The smallest ring: one that holds a record of the largest length it allows, wherever the tail stands.</summary>
    internal const int MinCapacity = 64;

    /// <summary>The largest ring.</summary>
    internal const int MaxCapacity = 1 << 30;

    // Set in the tail when the ring closes. No position comes near it, so every later claim finds itself without room, and claiming needs no check of
    // its own; an exchange that expected the tail before fails and looks again.
    private const long Closed = 1L << 62;

    // Words, not bytes, so that a header is one aligned load or store. Words of records belong to the writer until the header is stored, then
    // to the reader until the head passes.
    private readonly long[] _words;

    // Moved by writers, by interlocked operations only.
    private PaddedLong _tail;

    // What some writer last saw as the head. It spares the others a miss on the line that the reader keeps writing to. Writers overwrite
    // each other, so it may go back; it never passes the head, so it can only make a writer look again.
    private PaddedLong _knownHead;

    // Moved by the reader.
    private PaddedLong _head;

    // Used only by the reader: behind the last record it took.
    private PaddedLong _read;

    /// <summary>Initializes a new instance of the <see cref="ByteRing"/> class.</summary>
    /// <param name="capacity">How many bytes it holds, headers included: a power of two.</param>
    internal ByteRing(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, MinCapacity);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(capacity, MaxCapacity);
        if (!BitOperations.IsPow2(capacity))
        {
            throw new ArgumentOutOfRangeException(nameof(capacity), capacity, "The capacity of a ring is a power of two.");
        }

        Capacity = capacity;
        _words = new long[capacity / RecordHeader.Size];
    }

    internal int Capacity { get; }

    /// <summary>Gets the length of the longest record. A quarter, so that record and skipped end of lap together always fit an empty ring.</summary>
    internal int MaxRecordLength => Capacity / 4;

    /// <summary>Gets the position behind the last claimed record: the ticket of a flush.</summary>
    /// <remarks>Acquire: who sees a position also sees what its writer did before claiming.</remarks>
    internal long Tail => Volatile.Read(ref _tail.Value) & ~Closed;

    /// <summary>Gets a value indicating whether claims are refused for ever.</summary>
    internal bool IsClosed => (Volatile.Read(ref _tail.Value) & Closed) != 0;

    /// <summary>Gets the position behind the last freed record.</summary>
    /// <remarks>Acquire: who sees that the reader is past a record also sees what the reader did with it.</remarks>
    internal long Head => Volatile.Read(ref _head.Value);

    /// <summary>Gets how many bytes are claimed and not freed yet, headers and skipped bytes included.</summary>
    internal long UsedBytes
    {
        get
        {
            // The head first: the other way round it could pass the tail that was read. The tail may have gone on meanwhile by more than fits.
            long head = Head;
            return Math.Min(Tail - head, Capacity);
        }
    }

    /// <summary>Gets a value indicating whether <see cref="TryRead"/> would find a record or something to skip. Only the reader calls it.</summary>
    internal bool IsReadable_ReaderOnly => !HasReadAll() && HeaderAt(_read.Value).IsPublished;

    /// <summary>Takes space for a record. The caller writes to it, and publishes or abandons it.</summary>
    /// <param name="length">How many bytes; not more than <see cref="MaxRecordLength"/>.</param>
    /// <param name="claim">The space.</param>
    /// <returns><see langword="false"/> when there is not enough free space now; nothing was claimed.</returns>
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

            // A stale tail is no danger: the exchange fails. Nor does it refuse wrongly: from a later tail the end lies no earlier.
            if (end - Volatile.Read(ref _knownHead.Value) > Capacity && !HasRoomUpTo(end))
            {
                claim = default;
                return false;
            }

            // The one move of the tail. A full fence: the words are zeroed before they are ours, since the acquire of the head lies before it;
            // and what the writer reads later, to see whether the reader wants to be woken, is read after the move (see RingSignal).
            long found = Interlocked.CompareExchange(ref _tail.Value, end, tail);
            if (found == tail)
            {
                claim = Claimed(tail, skipped, length);
                return true;
            }

            tail = found;
        }
    }

    /// <summary>Refuses every later claim. What was claimed before can still be published and read.</summary>
    /// <returns>The position behind the last record that was ever claimed: once <see cref="Head"/> reaches it, nothing is left.</returns>
    internal long Close() => Interlocked.Or(ref _tail.Value, Closed) & ~Closed;

    /// <summary>Hands a written record to the reader. Records become readable in the order they were claimed in.</summary>
    internal void Publish(in RingClaim claim) => Store(claim.Position, RecordHeader.Record(claim.Span.Length));

    /// <summary>Gives up a claimed record, of which the reader then sees nothing; for a writer that threw.</summary>
    internal void Abandon(in RingClaim claim) => Store(claim.Position, RecordHeader.Skip(claim.Span.Length));

    /// <summary>Takes the next record. Only the reader calls it.</summary>
    /// <param name="record">The record; valid until <see cref="Release"/>.</param>
    /// <returns><see langword="false"/> when none is published, or the next one is not: later ones wait for it.</returns>
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

    /// <summary>Gives the space of everything read so far back to the writers. Only the reader calls it.</summary>
    /// <remarks>Also after a <see cref="TryRead"/> that found nothing: it may have passed over skipped bytes.</remarks>
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

        // Release: our reads of the records and the zeroes are done before a writer can see the space as free.
        Volatile.Write(ref _head.Value, _read.Value);
    }

    private int PlaceOf(long position) => (int)position & (Capacity - 1);

    // With every byte read and none freed, the next place holds the oldest record, still published: it must not be read again.
    private bool HasReadAll() => _read.Value - _head.Value == Capacity;

    // Acquire: what its writer stored before the header is visible to who sees the header.
    private RecordHeader HeaderAt(long position) => new(Volatile.Read(ref _words[PlaceOf(position) / RecordHeader.Size]));

    private void Store(long position, RecordHeader header)
    {
        ref long word = ref _words[PlaceOf(position) / RecordHeader.Size];
        Debug.Assert(word == 0, "A claimed header is zero until it is published: the reader zeroed it, and a claim ends once.");

        // Release: the payload is stored before the header, so the reader never sees a record half written.
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
        // Acquire, paired with the release in Release: the space behind this head is zeroed for who goes on to claim it. Others take the
        // head from the word below, which is a release and read with acquire, so the zeroes are visible to them too.
        long head = Head;
        Volatile.Write(ref _knownHead.Value, head);
        return end - head <= Capacity;
    }

    private void ThrowBadLength(int length) =>
        throw new ArgumentOutOfRangeException(nameof(length), length, $"A record in this ring takes 0 to {MaxRecordLength} bytes.");
}
