using CloudObserve.Pipeline.Buffering;

namespace CloudObserve.Tests.Pipeline.Buffering;

public sealed class ByteRingClosingTests
{
    [Fact]
    public void A_closed_ring_refuses_claims_and_still_gives_what_it_holds()
    {
        ByteRing ring = new(1_024);
        Assert.True(ring.TryClaim(8, out RingClaim before));
        long end = ring.Close();
        ring.Publish(before);

        Assert.True(ring.IsClosed);
        Assert.False(ring.TryClaim(8, out _));
        Assert.Equal((end, end), (ring.Tail, ring.Close()));
        Assert.True(ring.TryRead(out ReadOnlySpan<byte> record));
        Assert.Equal(8, record.Length);
        Assert.False(ring.TryRead(out _));
        ring.Release();
        Assert.Equal((end, 0), (ring.Head, ring.UsedBytes));
    }

    [Fact]
    public void Writers_that_meet_the_closing_have_either_claimed_before_it_or_are_refused()
    {
        for (int round = 0; round < 300; round++)
        {
            ByteRing ring = new(1 << 16);
            long published = 0;
            using Barrier start = new(5);
            Thread[] writers = [.. Enumerable.Range(0, 4).Select(i => new Thread(() =>
            {
                start.SignalAndWait();
                while (!ring.IsClosed)
                {
                    if (ring.TryClaim(24, out RingClaim claim))
                    {
                        ring.Publish(claim);
                        Interlocked.Increment(ref published);
                    }

                    Thread.Yield();
                }
            }))];
            Array.ForEach(writers, w => w.Start());
            start.SignalAndWait();
            long read = ReadAll(ring);
            long end = ring.Close();
            Array.ForEach(writers, w => w.Join());
            read += ReadAll(ring);

            Assert.Equal(Interlocked.Read(ref published), read);
            Assert.Equal(end, ring.Head);
        }
    }

    private static long ReadAll(ByteRing ring)
    {
        long read = 0;
        while (ring.TryRead(out _))
        {
            read++;
        }

        ring.Release();
        return read;
    }
}
