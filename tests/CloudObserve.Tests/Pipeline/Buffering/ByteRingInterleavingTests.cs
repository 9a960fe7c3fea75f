using CloudObserve.Pipeline.Buffering;

namespace CloudObserve.Tests.Pipeline.Buffering;

/// <summary>
/// Two writers and a reader, small enough to list every outcome that is legal. All orders of their steps are played one by one and must
/// give the whole list; then threads race, and must give nothing outside it.
/// </summary>
public sealed class ByteRingInterleavingTests
{
    private const int Rounds = 1_000;

    // The order of the two claims, then what the reader's two looks found; "-" is nothing.
    private static readonly string[] BothPublish =
    [
        "AB --", // both looks before A is published
        "AB -A",
        "AB A-", // the second before B is published
        "AB AB",
        "BA --",
        "BA -B",
        "BA B-",
        "BA BA",
    ];

    private static readonly string[] SecondWriterAbandons =
    [
        "AB --",
        "AB -A",
        "AB A-",
        "BA --", // neither, or B alone, which is nothing to see
        "BA -A",
        "BA A-",
    ];

    // What the reader finds in a ring that has room for one record, unless P, which lies in it, is freed in time.
    private static readonly string[] RoomForOne =
    [
        "PA",
        "PB",
        "PAB",
        "PBA",
    ];

    [Fact]
    public void Every_order_of_steps_gives_a_legal_outcome_and_every_legal_outcome_occurs()
    {
        Assert.Equal(BothPublish, Outcomes("AABBRR", order => new Play(256).Run(order)));
        Assert.Equal(SecondWriterAbandons, Outcomes("AAbbRR", order => new Play(256).Run(order)));
        Assert.Equal(RoomForOne.Order(StringComparer.Ordinal), Outcomes("AABBrf", order => new Play(64).RunFull(order)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Racing_threads_give_legal_outcomes_only(bool abandon)
    {
        ByteRing ring = new(256);
        long[] positions = new long[2];
        void WriteOne(int writer)
        {
            Assert.True(ring.TryClaim(1 + (writer * 16), out RingClaim claim));
            positions[writer] = claim.Position;
            claim.Span.Fill((byte)('A' + writer));
            if (writer == 1 && abandon)
            {
                ring.Abandon(claim);
            }
            else
            {
                ring.Publish(claim);
            }
        }

        using WriterPair writers = new(WriteOne);
        string[] legal = abandon ? SecondWriterAbandons : BothPublish;
        for (int round = 0; round < Rounds; round++)
        {
            writers.Start();
            string looks = $"{Look(ring)}{Look(ring)}";
            writers.Finish();
            Assert.Contains($"{(positions[0] < positions[1] ? "AB" : "BA")} {looks}", legal);
            _ = Drain(ring);
        }
    }

    [Fact]
    public void Racing_for_the_last_room_gives_legal_outcomes_only()
    {
        ByteRing ring = new(64);
        void WriteOne(int writer) => Put(ring, (char)('A' + writer));
        using WriterPair writers = new(WriteOne);
        for (int round = 0; round < Rounds; round++)
        {
            Put(ring, 'P');
            writers.Start();
            char first = Look(ring);
            writers.Finish();
            Assert.Contains(first + Drain(ring), RoomForOne);
            MoveToStart(ring);
        }
    }

    private static string[] Outcomes(string steps, Func<string, string> run) =>
        [.. Orders(steps).Select(run).Distinct().Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Orders(string steps) => steps.Length == 0
        ? [""]
        : from next in steps.Distinct()
          from rest in Orders(steps.Remove(steps.IndexOf(next, StringComparison.Ordinal), 1))
          select next + rest;

    private static void Put(ByteRing ring, char fill)
    {
        if (ring.TryClaim(16, out RingClaim claim))
        {
            claim.Span.Fill((byte)fill);
            ring.Publish(claim);
        }
    }

    private static char Look(ByteRing ring)
    {
        char found = ring.TryRead(out ReadOnlySpan<byte> record) ? (char)record[0] : '-';
        Assert.True(found == '-' || record.IndexOfAnyExcept((byte)found) < 0);
        ring.Release();
        return found;
    }

    private static string Drain(ByteRing ring)
    {
        string found = "";
        while (Look(ring) is not '-' and char next)
        {
            found += next;
        }

        Assert.Equal(0, ring.UsedBytes);
        return found;
    }

    private static void MoveToStart(ByteRing ring)
    {
        while (ring.Tail % ring.Capacity != 0)
        {
            Assert.True(ring.TryClaim(0, out RingClaim filler));
            ring.Abandon(filler);
            Assert.Equal("", Drain(ring));
        }
    }

    /// <summary>
    /// One order of steps on one thread. Each writer's first step claims, its second publishes, or abandons when it is in lower case. The
    /// reader reads and frees in one step, R, or in two, r and f.
    /// </summary>
    private ref struct Play(int capacity)
    {
        private readonly ByteRing _ring = new(capacity);
        private RingClaim _a;
        private RingClaim _b;
        private string _claims = "";
        private string _looks = "";

        internal string Run(string order)
        {
            PlayAll(order);
            string rest = Drain(_ring);
            string whole = _looks.Replace("-", "", StringComparison.Ordinal) + rest;
            Assert.Equal(order.Contains('b', StringComparison.Ordinal) ? "A" : _claims, whole);
            return $"{_claims} {_looks}";
        }

        internal string RunFull(string order)
        {
            Put(_ring, 'P');
            PlayAll(order);
            return _looks.Replace("-", "", StringComparison.Ordinal) + Drain(_ring);
        }

        private void PlayAll(string order)
        {
            for (int i = 0; i < order.Length; i++)
            {
                bool first = order.IndexOf(order[i], StringComparison.Ordinal) == i;
                switch (order[i])
                {
                    case 'A':
                        Write(ref _a, 'A', first, abandon: false);
                        break;
                    case 'B' or 'b':
                        Write(ref _b, 'B', first, abandon: order[i] == 'b');
                        break;
                    case 'R':
                        _looks += Look(_ring);
                        break;
                    case 'r':
                        _looks += _ring.TryRead(out ReadOnlySpan<byte> record) ? (char)record[0] : '-';
                        break;
                    default:
                        _ring.Release();
                        break;
                }
            }
        }

        private void Write(ref RingClaim claim, char name, bool first, bool abandon)
        {
            if (first)
            {
                _claims += _ring.TryClaim(16, out claim) ? $"{name}" : "";
            }
            else if (abandon)
            {
                _ring.Abandon(claim);
            }
            else if (!claim.Span.IsEmpty)
            {
                claim.Span.Fill((byte)name);
                _ring.Publish(claim);
            }
        }
    }

    /// <summary>Two threads that write once a round, at the same time as the test reads.</summary>
    private sealed class WriterPair : IDisposable
    {
        private readonly Barrier _barrier = new(3);
        private readonly Thread[] _threads;
        private Exception? _fault;
        private bool _stop;

        internal WriterPair(Action<int> write)
        {
            _threads = [.. Enumerable.Range(0, 2).Select(w => new Thread(() => Run(write, w)) { IsBackground = true })];
            Array.ForEach(_threads, t => t.Start());
        }

        public void Dispose()
        {
            _stop = true;
            Start();
            Array.ForEach(_threads, t => t.Join());
            _barrier.Dispose();
        }

        internal void Start() => _barrier.SignalAndWait();

        internal void Finish()
        {
            _barrier.SignalAndWait();
            Assert.Null(_fault);
        }

        private void Run(Action<int> write, int writer)
        {
            while (true)
            {
                _barrier.SignalAndWait();
                if (_stop)
                {
                    return;
                }

                try
                {
                    write(writer);
                }
                catch (Exception exception)
                {
                    // The test's own thread reports it; here it would end the process.
                    _fault = exception;
                }

                _barrier.SignalAndWait();
            }
        }
    }
}
