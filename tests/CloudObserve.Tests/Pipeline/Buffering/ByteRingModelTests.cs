using CloudObserve.Pipeline.Buffering;
using FsCheck;
using FsCheck.Fluent;

namespace CloudObserve.Tests.Pipeline.Buffering;

/// <summary>A ring against a queue: whatever is written, abandoned, read and released, both say the same.</summary>
public sealed class ByteRingModelTests
{
    private enum Step
    {
        Write,
        Abandon,
        Read,
        Release,
    }

    [Fact]
    public void A_ring_is_a_queue_with_a_limit_in_bytes()
    {
        Gen<(Step Step, int Length)> moves =
            from step in Gen.Frequency(
                (6, Gen.Constant(Step.Write)), (1, Gen.Constant(Step.Abandon)), (5, Gen.Constant(Step.Read)),
                (3, Gen.Constant(Step.Release)))
            from length in Gen.Choose(0, int.MaxValue)
            select (step, length);
        Gen<(int Capacity, (Step, int)[] Moves)> plays =
            from power in Gen.Choose(6, 11)
            from script in moves.ArrayOf(400)
            select (1 << power, script);

        Prop.ForAll(plays.ToArbitrary(), play => Play(play.Capacity, play.Moves)).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    private static void Play(int capacity, (Step Step, int Length)[] moves)
    {
        ByteRing ring = new(capacity);
        Model model = new(capacity);
        byte fill = 0;
        foreach ((Step step, int any) in moves)
        {
            int length = any % (ring.MaxRecordLength + 1);
            switch (step)
            {
                case Step.Write:
                case Step.Abandon:
                    Write(ring, model, length, ++fill, abandon: step == Step.Abandon);
                    break;
                case Step.Read:
                    Read(ring, model);
                    break;
                default:
                    ring.Release();
                    model.Release();
                    break;
            }

            Assert.Equal((model.Head, model.Tail, model.Tail - model.Head), (ring.Head, ring.Tail, ring.UsedBytes));
        }
    }

    private static void Write(ByteRing ring, Model model, int length, byte fill, bool abandon)
    {
        bool claimed = ring.TryClaim(length, out RingClaim claim);
        Assert.Equal(model.TryWrite(length, fill, abandon), claimed);
        if (!claimed)
        {
            return;
        }

        Assert.Equal(length, claim.Span.Length);
        claim.Span.Fill(fill);
        if (abandon)
        {
            ring.Abandon(claim);
        }
        else
        {
            ring.Publish(claim);
        }
    }

    private static void Read(ByteRing ring, Model model)
    {
        bool read = ring.TryRead(out ReadOnlySpan<byte> record);
        Assert.Equal(model.TryRead(out int length, out byte fill), read);
        Assert.Equal(length, record.Length);
        Assert.Equal(-1, record.IndexOfAnyExcept(fill));
    }

    private sealed class Model(int capacity)
    {
        private readonly Queue<(int Length, byte Fill, bool Abandoned, long End)> _records = [];
        private long _read;

        internal long Head { get; private set; }

        internal long Tail { get; private set; }

        internal bool TryWrite(int length, byte fill, bool abandoned)
        {
            long size = 8 + ((length + 7) / 8 * 8);
            long lapEnd = ((Tail / capacity) + 1) * capacity;
            long end = (Tail + size > lapEnd ? lapEnd : Tail) + size;
            if (end > Head + capacity)
            {
                return false;
            }

            Tail = end;
            _records.Enqueue((length, fill, abandoned, end));
            return true;
        }

        internal bool TryRead(out int length, out byte fill)
        {
            while (_records.TryDequeue(out (int Length, byte Fill, bool Abandoned, long End) next))
            {
                _read = next.End;
                if (!next.Abandoned)
                {
                    (length, fill) = (next.Length, next.Fill);
                    return true;
                }
            }

            (length, fill) = (0, 0);
            return false;
        }

        internal void Release() => Head = _read;
    }
}
