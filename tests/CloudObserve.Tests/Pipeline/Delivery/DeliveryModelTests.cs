using System.Collections.Concurrent;
using CloudObserve.Delivery;
using FsCheck;
using FsCheck.Fluent;

namespace CloudObserve.Tests.Pipeline.Delivery;

/// <summary>Random faults against the law <c>accepted = delivered + lost + in flight</c>.</summary>
public sealed class DeliveryModelTests
{
    private static readonly ErrorClass[] Retried =
        [ErrorClass.Throttled, ErrorClass.Unavailable, ErrorClass.Unauthorized, ErrorClass.MissingResource, ErrorClass.Ambiguous];

    private enum Step
    {
        Deliver,
        Fail,
        TakeAndLoseTheAnswer,
        Throw,
        Hang,
        DropSome,
    }

    [Fact]
    public void Whatever_the_service_does_nothing_is_unaccounted_for()
    {
        Gen<Step[]> steps = Gen.Frequency(
            (6, Gen.Constant(Step.Deliver)),
            (4, Gen.Constant(Step.Fail)),
            (2, Gen.Constant(Step.TakeAndLoseTheAnswer)),
            (1, Gen.Constant(Step.Throw)),
            (1, Gen.Constant(Step.Hang)),
            (1, Gen.Constant(Step.DropSome))).ArrayOf();
        Gen<(Step[] Steps, int[] Sizes, int Seed)> scripts =
            from script in steps
            from sizes in Gen.Choose(1, 9).NonEmptyListOf()
            from seed in Gen.Choose(0, int.MaxValue)
            select (script, sizes.ToArray(), seed);

        Prop.ForAll(scripts.ToArbitrary(), script => PlayAsync(script.Steps, script.Sizes, script.Seed).WaitAsync(LoopFixture.Safety)
            .GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(20260101, 1));
    }

    private static async Task PlayAsync(Step[] steps, int[] sizes, int seed)
    {
        Play play = new(steps, seed);
        LoopFixture fixture = play.Fixture;
        fixture.Loop.Start();
        long accepted = 0;
        int item = 0;
        foreach (int size in sizes)
        {
            // One item in seven is refused by the service whenever it comes alone or with others.
            string[] items = [.. Enumerable.Range(0, size).Select(_ => item % 7 == 6 ? $"poison{item++}" : $"good{item++}")];
            long[] weights = [.. items.Select(i => (long)(i.Length % 5) + 1)];
            play.Weights(items, weights);
            accepted += weights.Sum();
            fixture.Enqueue(Batches.Make(items, weights, $"d{size % 3}", Batches.Start.AddMinutes(1 + (seed % 20))));
            AssertLaw(fixture, accepted);
        }

        Task flush = fixture.Flush();
        while (!flush.IsCompleted)
        {
            await Task.Yield();
            AssertLaw(fixture, accepted);
            if (fixture.Loop.Gauges.Requests == play.Hanging)
            {
                fixture.Time.Advance(TimeSpan.FromSeconds(1));
            }
        }

        await flush;
        await fixture.Close();
        play.AssertEnd(accepted);

        // A sink whose request was broken off lets go of the memory a moment later, on a thread of its own.
        await LoopFixture.Until(() => play.IsAllMemoryBack);
    }

    private static void AssertLaw(LoopFixture fixture, long accepted)
    {
        LedgerSnapshot books = fixture.Ledger.Snapshot();
        Assert.Equal(accepted, books.Accepted);
        Assert.True(books.InFlight >= 0);
        Assert.Equal(books.Accepted, books.Delivered + books.TotalLost + books.InFlight);
    }

    /// <summary>One run: the script, and what the service really has.</summary>
    private sealed class Play
    {
        private readonly ConcurrentDictionary<string, long> _weights = new();
        private readonly ConcurrentDictionary<string, byte> _confirmed = new();
        private readonly ConcurrentDictionary<string, byte> _maybe = new();
        private readonly ScriptedSink _sink;
        private readonly Step[] _steps;
        private readonly Random _random;
        private int _hanging;

        internal Play(Step[] steps, int seed)
        {
            _steps = steps;
            _random = new Random(seed);
            _sink = new ScriptedSink(AnswerAsync);
            Fixture = new LoopFixture(
                _sink, new DeliveryOptions { MaxConcurrentRequests = 1 + (seed % 4), MaxBufferBytes = seed % 3 == 0 ? 400 : 1_000_000 },
                Next);
        }

        internal LoopFixture Fixture { get; }

        internal int Hanging => Volatile.Read(ref _hanging);

        internal bool IsAllMemoryBack => _sink.Batches.All(Batches.IsDisposed);

        internal void Weights(string[] items, long[] weights)
        {
            for (int i = 0; i < items.Length; i++)
            {
                _weights[items[i]] = weights[i];
            }
        }

        internal void AssertEnd(long accepted)
        {
            LedgerSnapshot books = Fixture.Ledger.Snapshot();
            Assert.Equal((accepted, 0L), (books.Delivered + books.TotalLost, books.InFlight));

            // What the books call delivered is exactly what the service confirmed; no item is confirmed twice.
            Assert.Equal(books.Delivered, _confirmed.Keys.Sum(i => _weights[i]));
            Assert.Equal(_confirmed.Count, _sink.Taken.Length);
            Assert.DoesNotContain(_confirmed.Keys, i => i.StartsWith("poison", StringComparison.Ordinal));

            // Items that may have arrived without an answer were sent again or are booked as lost, never forgotten.
            Assert.All(_maybe.Keys, i => Assert.True(_confirmed.ContainsKey(i) || books.TotalLost > 0));
            Assert.Equal(books.TotalLost, Fixture.Events.Losses.Sum(l => l.Count));
            Assert.Equal((0, default), (Fixture.Time.ActiveTimers, Fixture.Loop.Gauges with { RequestLimit = 0 }));
        }

        private double Next()
        {
            lock (_random)
            {
                return _random.NextDouble();
            }
        }

        private async ValueTask<SendResult> AnswerAsync(Batch batch, int attempt, CancellationToken token)
        {
            string[] items = Batches.ItemsOf(batch);
            switch (attempt <= _steps.Length ? _steps[attempt - 1] : Step.Deliver)
            {
                case Step.Fail:
                    return SendResult.Failed(
                        Retried[(int)(Next() * Retried.Length)], "Code", "words", Next() < 0.2 ? TimeSpan.FromSeconds(20 * Next()) : null);
                case Step.Throw:
                    throw Next() < 0.5 ? new IOException("broken") : new InvalidOperationException("fault");
                case Step.TakeAndLoseTheAnswer when !HasPoison(items):
                    Array.ForEach(items, i => _maybe.TryAdd(i, 0));
                    throw new TimeoutException("the answer is lost");
                case Step.Hang:
                    await HangAsync(token);
                    return SendResult.Delivered();
                default:
                    return Answer(items, drop: attempt <= _steps.Length && _steps[attempt - 1] == Step.DropSome);
            }
        }

        private async Task HangAsync(CancellationToken token)
        {
            Interlocked.Increment(ref _hanging);
            try
            {
                await Task.Delay(Timeout.Infinite, token);
            }
            finally
            {
                Interlocked.Decrement(ref _hanging);
            }
        }

        private SendResult Answer(string[] items, bool drop)
        {
            if (HasPoison(items))
            {
                return SendResult.Failed(Next() < 0.5 ? ErrorClass.Invalid : ErrorClass.TooLarge, "Refused", "poison");
            }

            int from = drop ? (int)(Next() * items.Length) : items.Length;
            foreach (string item in items.Take(from))
            {
                Assert.True(_confirmed.TryAdd(item, 0), "An item was confirmed twice.");
            }

            return drop ? SendResult.PartlyDelivered([new RejectedItems(from, items.Length - from, LossReason.TooNew)])
                : SendResult.Delivered();
        }

        private static bool HasPoison(string[] items) => items.Any(i => i.StartsWith("poison", StringComparison.Ordinal));
    }
}
