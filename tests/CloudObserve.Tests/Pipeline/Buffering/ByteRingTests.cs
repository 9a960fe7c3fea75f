using System.Runtime.CompilerServices;
using CloudObserve.Pipeline.Buffering;

namespace CloudObserve.Tests.Pipeline.Buffering;

public sealed class ByteRingTests
{
    [Fact]
    public void Records_come_out_as_they_went_in_and_in_order()
    {
        ByteRing ring = new(1024);
        for (byte i = 0; i < 10; i++)
        {
            Write(ring, i, i);
        }

        for (byte i = 0; i < 10; i++)
        {
            Assert.True(ring.TryRead(out ReadOnlySpan<byte> record));
            AssertRecord(i, i, record);
        }

        Assert.False(ring.TryRead(out ReadOnlySpan<byte> none));
        Assert.True(none.IsEmpty);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(32)]
    [InlineData(100)]
    [InlineData(int.MinValue)]
    [InlineData((1 << 30) + 1)]
    public void A_capacity_that_is_no_power_of_two_or_out_of_range_is_refused(int capacity) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ByteRing(capacity));

    [Theory]
    [InlineData(-1)]
    [InlineData(65)]
    [InlineData(int.MaxValue)]
    public void A_record_of_impossible_length_is_a_fault_of_the_caller_and_claims_nothing(int length)
    {
        ByteRing ring = new(256);

        Assert.Throws<ArgumentOutOfRangeException>(() => ring.TryClaim(length, out _));
        Assert.Equal(0, ring.Tail);
    }

    [Fact]
    public void A_claimed_record_is_not_readable_before_it_is_published_and_neither_are_those_behind_it()
    {
        ByteRing ring = new(256);
        Assert.True(ring.TryClaim(8, out RingClaim first));
        Write(ring, 9, 2);
        Assert.False(ring.IsReadable_ReaderOnly);
        Assert.False(ring.TryRead(out _));

        first.Span.Fill(1);
        ring.Publish(first);

        Assert.True(ring.IsReadable_ReaderOnly);
        AssertReads(ring, 8, 1);
        AssertReads(ring, 9, 2);
    }

    [Fact]
    public void An_abandoned_record_is_passed_over_and_its_space_comes_back()
    {
        ByteRing ring = new(256);
        Write(ring, 8, 1);
        Assert.True(ring.TryClaim(40, out RingClaim broken));
        broken.Span.Fill(0xFF);
        ring.Abandon(broken);
        Write(ring, 8, 2);

        AssertReads(ring, 8, 1);
        AssertReads(ring, 8, 2);
        ring.Release();
        Assert.Equal(0, ring.UsedBytes);

        Assert.True(ring.TryClaim(40, out broken));
        ring.Abandon(broken);
        Assert.False(ring.TryRead(out _));
        ring.Release();
        Assert.Equal(0, ring.UsedBytes);
    }

    [Fact]
    public void A_full_ring_refuses_until_the_reader_releases()
    {
        ByteRing ring = new(256);
        for (byte i = 0; i < 8; i++)
        {
            Write(ring, 24, i);
        }

        Assert.Equal(256, ring.UsedBytes);
        Assert.False(ring.TryClaim(0, out RingClaim refused));
        Assert.True(refused.Span.IsEmpty);
        Assert.Equal(256, ring.Tail);

        AssertReads(ring, 24, 0);
        Assert.False(ring.TryClaim(0, out _));

        ring.Release();
        Assert.False(ring.TryClaim(25, out _));
        Write(ring, 24, 8);
        for (byte i = 1; i <= 8; i++)
        {
            AssertReads(ring, 24, i);
        }
    }

    [Fact]
    public void A_full_ring_that_is_read_but_not_released_is_not_read_again()
    {
        ByteRing ring = new(64);
        Write(ring, 8, 1);
        Write(ring, 8, 2);
        Write(ring, 8, 3);
        Write(ring, 8, 4);
        for (byte i = 1; i <= 4; i++)
        {
            AssertReads(ring, 8, i);
        }

        Assert.False(ring.IsReadable_ReaderOnly);
        Assert.False(ring.TryRead(out _));
        Assert.Equal(0, ring.Head);

        ring.Release();
        Assert.Equal(64, ring.Head);
        Assert.False(ring.TryRead(out _));
    }

    [Fact]
    public void Every_length_fits_an_empty_ring_at_every_place()
    {
        const int capacity = 256;
        for (int place = 0; place < capacity; place += 8)
        {
            for (int length = 0; length <= capacity / 4; length++)
            {
                ByteRing ring = new(capacity);
                MoveTo(ring, place);
                for (byte lap = 1; lap <= 3; lap++)
                {
                    Write(ring, length, lap);
                    AssertReads(ring, length, lap);
                    ring.Release();
                    Assert.Equal(0, ring.UsedBytes);
                }
            }
        }
    }

    [Fact]
    public void What_a_record_held_is_never_taken_for_a_header()
    {
        // Payload that looks like published headers everywhere, then a claim on top of it that is not published yet.
        ByteRing ring = new(256);
        for (int i = 0; i < 100; i++)
        {
            Assert.True(ring.TryClaim(56, out RingClaim forged));
            for (int word = 0; word < 56; word += 8)
            {
                BitConverter.TryWriteBytes(forged.Span[word..], RecordHeader.Record(8).Word);
            }

            ring.Publish(forged);
            Assert.True(ring.TryRead(out _));
            ring.Release();
            Write(ring, i % 8 * 8, 1);
            AssertReads(ring, i % 8 * 8, 1);
            ring.Release();
            Assert.False(ring.TryRead(out _));
        }
    }

    [Fact]
    public void A_claim_ends_where_the_head_stands_once_it_is_read()
    {
        ByteRing ring = new(64);
        for (int i = 0; i < 50; i++)
        {
            Assert.True(ring.TryClaim(i % 17, out RingClaim claim));
            Assert.Equal(ring.Tail, claim.End);
            ring.Publish(claim);
            Assert.True(ring.Head < claim.End);
            Assert.True(ring.TryRead(out _));
            ring.Release();
            Assert.Equal(claim.End, ring.Head);
        }
    }

    [Fact]
    public void Writing_refusing_and_reading_allocate_nothing()
    {
        ByteRing ring = new(1024);
        PutAndTake(ring);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1_000; i++)
        {
            PutAndTake(ring);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void A_word_that_threads_share_lies_two_cache_lines_from_anything_else()
    {
        PaddedLong word = default;
        ref byte start = ref Unsafe.As<PaddedLong, byte>(ref word);
        ref byte value = ref Unsafe.As<long, byte>(ref word.Value);
        nint before = Unsafe.ByteOffset(ref start, ref value);

        Assert.Equal((128, 128), ((int)before, Unsafe.SizeOf<PaddedLong>() - (int)before - sizeof(long)));
        Assert.Equal(
            4,
            typeof(ByteRing).GetFields(System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic)
                .Count(f => f.FieldType == typeof(PaddedLong)));
    }

    private static void PutAndTake(ByteRing ring)
    {
        int length = 0;
        while (ring.TryClaim(length, out RingClaim claim))
        {
            claim.Span.Fill(1);
            if (length % 7 == 3)
            {
                ring.Abandon(claim);
            }
            else
            {
                ring.Publish(claim);
            }

            length = (length + 31) % 257;
        }

        while (ring.TryRead(out _))
        {
        }

        ring.Release();
    }

    private static void MoveTo(ByteRing ring, int place)
    {
        while (ring.Tail < place)
        {
            Write(ring, 0, 0);
            Assert.True(ring.TryRead(out _));
            ring.Release();
        }
    }

    private static void Write(ByteRing ring, int length, byte fill)
    {
        Assert.True(ring.TryClaim(length, out RingClaim claim));
        Assert.Equal(length, claim.Span.Length);
        claim.Span.Fill(fill);
        ring.Publish(claim);
    }

    private static void AssertReads(ByteRing ring, int length, byte fill)
    {
        Assert.True(ring.TryRead(out ReadOnlySpan<byte> record));
        AssertRecord(length, fill, record);
    }

    private static void AssertRecord(int length, byte fill, ReadOnlySpan<byte> record)
    {
        Assert.Equal(length, record.Length);
        Assert.Equal(-1, record.IndexOfAnyExcept(fill));
    }
}
