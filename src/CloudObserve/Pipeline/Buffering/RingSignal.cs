using System.Runtime.CompilerServices;
using System.Threading.Tasks.Sources;

namespace CloudObserve.Pipeline.Buffering;

/// <summary>Wakes the reader of a <see cref="ByteRing"/>: when enough bytes wait, when its interval is over, or when asked; never once per record.</summary>
/// <remarks>
/// <para>While it waits, the reader leaves the tail position at which it wants to be woken. A writer compares the end of its record
/// with it: one read of a line that nobody writes to between waits. Of the writers that pass it, one wakes the reader.</para>
/// <para>No wake-up is missed. The writer moves the tail, then reads the position to wake at; the reader stores that position, then reads the tail;
/// both with a full fence between. So either the writer sees that the reader waits, or the reader sees the tail moved.</para>
/// <para>Waiting allocates nothing of its own. A wait may end without cause, by the timer of the wait before; a reader looks and waits again.</para>
/// </remarks>
/// <threadsafety>Safe for concurrent use, except that one thread at a time waits: the ring's reader.</threadsafety>
internal sealed class RingSignal : IValueTaskSource, IDisposable
{
    private const long Never = long.MaxValue;
    private const int Idle = 0;
    private const int Waiting = 1;

    // Woken while it did not wait: the next wait ends at once.
    private const int Woken = 2;

    // When claimed records are left behind at the moment of waiting, their writers are between claim and publish, and may already have
    // made the comparison that would wake us. They are some instructions from done; looking again soon costs less than a fence on each write.
    private static readonly TimeSpan MidWriteInterval = TimeSpan.FromMilliseconds(1);

    private readonly ByteRing _ring;
    private readonly int _threshold;
    private readonly ITimer _timer;

    // The tail position that wakes the reader. Written by the reader before it waits, and by who ends the wait.
    private PaddedLong _wakeAt = new() { Value = Never };

    // One of the states above; changed by interlocked operations only. Who changes Waiting to Idle completes the wait, and nobody else does.
    private int _state;

    // Continuations run elsewhere: a writer must not find itself running the reader.
    private ManualResetValueTaskSourceCore<bool> _wait = new() { RunContinuationsAsynchronously = true };

    // Used only by the reader.
    private CancellationTokenRegistration _cancellation;

    /// <summary>Initializes a new instance of the <see cref="RingSignal"/> class.</summary>
    /// <param name="ring">The ring.</param>
    /// <param name="threshold">How many used bytes wake the reader before its interval is over.</param>
    /// <param name="time">The clock that intervals are measured with.</param>
    internal RingSignal(ByteRing ring, int threshold, TimeProvider time)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threshold);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(threshold, ring.Capacity);
        _ring = ring;
        _threshold = threshold;
        _timer = CreateTimer(time);
    }

    /// <summary>A writer calls it after it published or abandoned a record.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Written(in RingClaim claim)
    {
        // The full fence that this read relies on is the one that moved the tail.
        if (claim.End >= Volatile.Read(ref _wakeAt.Value))
        {
            EndWait(null);
        }
    }

    /// <summary>Wakes the reader now, or makes its next wait end at once: a writer found the ring full, a flush or the end has come.</summary>
    internal void Wake()
    {
        // What the caller wants the reader to find is stored before the state is read, as the reader changes the state before it looks.
        Interlocked.MemoryBarrier();
        while (true)
        {
            switch (Volatile.Read(ref _state))
            {
                // Cheap to repeat, for a full ring makes every writer call it.
                case Woken:
                case Waiting when EndWait(null):
                case Idle when Interlocked.CompareExchange(ref _state, Woken, Idle) == Idle:
                    return;
                default:
                    // The state changed between the two; there are not many to change to.
                    continue;
            }
        }
    }

    /// <summary>Waits until a threshold of used bytes is reached, the interval is over, or somebody wakes the reader. Only the reader calls it, after it released what it read.</summary>
    /// <param name="interval">The longest wait, or <see cref="Timeout.InfiniteTimeSpan"/>.</param>
    /// <param name="cancellationToken">Ends the wait with <see cref="OperationCanceledException"/>.</param>
    /// <param name="heedsThreshold">Whether used bytes end the wait. A reader that has left some in the ring on purpose would otherwise never wait.</param>
    /// <returns>The wait; to be awaited once, before the next call.</returns>
    internal ValueTask WaitAsync(TimeSpan interval, CancellationToken cancellationToken, bool heedsThreshold = true)
    {
        _wait.Reset();
        long head = _ring.Head;
        Volatile.Write(ref _wakeAt.Value, heedsThreshold ? head + _threshold : Never);

        // A full fence, between storing the position and reading the tail below.
        if (Interlocked.CompareExchange(ref _state, Waiting, Idle) == Woken)
        {
            Volatile.Write(ref _wakeAt.Value, Never);

            // A full fence: what the reader looks at next is not older than the wake-up it has just used up.
            _ = Interlocked.Exchange(ref _state, Idle);
            return default;
        }

        long used = heedsThreshold ? _ring.Tail - head : 0;
        if (used >= _threshold && _ring.IsReadable_ReaderOnly)
        {
            EndWait(null);
        }
        else
        {
            _ = _timer.Change(used > 0 ? Shorter(interval, MidWriteInterval) : interval, Timeout.InfiniteTimeSpan);
        }

        _cancellation = cancellationToken.UnsafeRegister(static (state, token) => ((RingSignal)state!).EndWait(new OperationCanceledException(token)), this);
        return new ValueTask(this, _wait.Version);
    }

    public void Dispose() => _timer.Dispose();

    void IValueTaskSource.GetResult(short token)
    {
        // Waits for a cancellation that is under way on another thread: it must not reach into the next wait.
        _cancellation.Dispose();
        _ = _wait.GetResult(token);
    }

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _wait.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _wait.OnCompleted(continuation, state, token, flags);

    private static TimeSpan Shorter(TimeSpan interval, TimeSpan other) =>
        interval == Timeout.InfiniteTimeSpan || interval > other ? other : interval;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool EndWait(Exception? exception)
    {
        if (Interlocked.CompareExchange(ref _state, Idle, Waiting) != Waiting)
        {
            return false;
        }

        // Before the completion, so before the reader can wait again and store a position of its own.
        Volatile.Write(ref _wakeAt.Value, Never);
        if (exception is null)
        {
            _wait.SetResult(true);
        }
        else
        {
            _wait.SetException(exception);
        }

        return true;
    }

    private ITimer CreateTimer(TimeProvider time)
    {
        // The timer would otherwise keep whatever context happened to make it, such as a request's.
        if (ExecutionContext.IsFlowSuppressed())
        {
            return Create();
        }

        using (ExecutionContext.SuppressFlow())
        {
            return Create();
        }

        ITimer Create() => time.CreateTimer(static state => ((RingSignal)state!).EndWait(null), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }
}
