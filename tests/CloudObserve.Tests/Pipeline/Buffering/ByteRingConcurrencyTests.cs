using System.Buffers.Binary;
using CloudObserve.Pipeline.Buffering;

namespace CloudObserve.Tests.Pipeline.Buffering;

/// <summary>
/// Writers and a reader race over thousands of laps of a small ring. The invariant: every record published is read once, whole, in its
/// writer's order, and stays whole until it is released; positions only grow; and everything is free in the end.
/// </summary>
public sealed class ByteRingConcurrencyTests
{
    private const int Capacity = 2_048;
    private const int Laps = 2_000;
    private const int MinLength = 16;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void Every_record_is_read_once_whole_and_in_its_writers_order(int writers)
    {
        Race race = new(new ByteRing(Capacity), writers);
        race.Run();
    }

    private static ulong Checksum(ReadOnlySpan<byte> payload, int writer, int sequence)
    {
        ulong sum = ((ulong)writer << 32) | (uint)sequence;
        foreach (byte b in payload)
        {
            sum = (sum ^ b) * 1_099_511_628_211;
        }

        return sum;
    }

    private sealed class Race(ByteRing ring, int writers)
    {
        private readonly int[] _published = new int[writers];
        private readonly int[] _read = new int[writers];
        private readonly Random _random = new(7);
        private readonly Thread[] _threads = new Thread[writers];
        private readonly long _deadline = Environment.TickCount64 + 60_000;
        private Exception? _fault;
        private volatile bool _stop;

        internal void Run()
        {
            for (int w = 0; w < writers; w++)
            {
                int writer = w;
                _threads[w] = new Thread(() => Guard(() => WriteUntilEnd(writer)));
                _threads[w].Start();
            }

            try
            {
                ReadUntilEnd();
            }
            finally
            {
                _stop = true;
                Array.ForEach(_threads, t => t.Join());
            }

            Assert.Null(_fault);
            Assert.Equal(_published, _read);
            Assert.Equal((ring.Tail, 0L), (ring.Head, ring.UsedBytes));
        }

        private void Guard(Action work)
        {
            try
            {
                work();
            }
            catch (Exception exception)
            {
                // The test's own thread reports it; here it would end the process.
                _fault ??= exception;
                _stop = true;
            }
        }

        private void WriteUntilEnd(int writer)
        {
            Random random = new(writer);
            long before = 0;
            while (!_stop && ring.Tail < (long)Capacity * Laps)
            {
                // Small ones mostly, so that many are in the ring, and some of the largest.
                int length = random.Next(8) == 0 ? random.Next(MinLength, ring.MaxRecordLength + 1) : random.Next(MinLength, 80);
                if (!ring.TryClaim(length, out RingClaim claim))
                {
                    // Close on the reader's heels most of the time, where a word freed before it is zeroed would show; then out of its way,
                    // for it may need the processor.
                    if (random.Next(64) == 0)
                    {
                        Thread.Yield();
                    }

                    continue;
                }

                Assert.True(claim.Position >= before);
                Assert.InRange(ring.UsedBytes, 0, Capacity);
                before = claim.End;
                WriteOne(claim, writer, random);
            }
        }

        private void WriteOne(in RingClaim claim, int writer, Random random)
        {
            random.NextBytes(claim.Span);
            if (random.Next(16) == 0)
            {
                ring.Abandon(claim);
                return;
            }

            // Now and then a writer is held up in the middle, and others pass it.
            if (random.Next(32) == 0)
            {
                Thread.Yield();
            }

            int sequence = _published[writer]++;
            BinaryPrimitives.WriteInt32LittleEndian(claim.Span, writer);
            BinaryPrimitives.WriteInt32LittleEndian(claim.Span[4..], sequence);
            BinaryPrimitives.WriteUInt64LittleEndian(claim.Span[8..], Checksum(claim.Span[MinLength..], writer, sequence));
            ring.Publish(claim);
        }

        private void ReadUntilEnd()
        {
            long head = 0;
            while (!_stop)
            {
                bool last = Array.TrueForAll(_threads, t => !t.IsAlive);
                bool any = ReadSome();
                Assert.InRange(ring.UsedBytes, 0, Capacity);
                Assert.True(ring.Head >= head && ring.Head <= ring.Tail);
                head = ring.Head;
                if (!any)
                {
                    if (last)
                    {
                        return;
                    }

                    Thread.Yield();
                }

                Assert.True(Environment.TickCount64 < _deadline, "The race makes no progress.");
            }
        }

        private bool ReadSome()
        {
            bool any = false;
            int most = _random.Next(1, 16);
            for (int i = 0; i < most && ring.TryRead(out ReadOnlySpan<byte> record); i++)
            {
                any = true;
                AssertWhole(record, next: true);

                // A writer that thought this space free would use it now.
                if (_random.Next(16) == 0)
                {
                    Thread.Yield();
                }

                AssertWhole(record, next: false);
            }

            ring.Release();
            return any;
        }

        private void AssertWhole(ReadOnlySpan<byte> record, bool next)
        {
            Assert.InRange(record.Length, MinLength, ring.MaxRecordLength);
            int writer = BinaryPrimitives.ReadInt32LittleEndian(record);
            int sequence = BinaryPrimitives.ReadInt32LittleEndian(record[4..]);
            Assert.Equal(Checksum(record[MinLength..], writer, sequence), BinaryPrimitives.ReadUInt64LittleEndian(record[8..]));
            if (next)
            {
                Assert.Equal(_read[writer]++, sequence);
            }
        }
    }
}
