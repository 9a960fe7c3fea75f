using System.Runtime.CompilerServices;
using System.Threading.Tasks.Sources;

namespace CloudObserve.Pipeline.Buffering;

/// <summary>Wakes the reader of a <see cref="ByteRing"/> when enough bytes wait, when its interval ends, or on request.</summary>
/// <remarks>
/// <para>A record alone never wakes the reader. While the reader waits, it publishes the tail position at which it wants to be woken. A
/// writer compares the end of its record with that position: one read of a line that nobody writes between waits. Of the writers that pass
/// the position, exactly one wakes the reader.</para>
/// <para>No wake-up is missed. A writer moves the tail and then reads the wake position; the reader stores the wake position and then reads
/// the tail; each has a full fence in between. So either the writer sees that the reader waits, or the reader sees the moved tail.</para>
/// <para>Waiting itself allocates nothing. A wait may end spuriously, because of the previous wait's timer; the reader then checks and
/// waits again.</para>
/// </remarks>
/// <threadsafety>Safe for concurrent use, except that only one thread at a time, the ring's reader, may wait.</threadsafety>
internal sealed class RingReaderWait : IValueTaskSource, IDisposable
{
    private const long Never = long.MaxValue;
    private const int Idle = 0;
    private const int Waiting = 1;

    // Woken while not waiting: the next wait ends at once.
    private const int Woken = 2;

    // If claimed records remain unpublished when the wait begins, their writers are between claim and publish, and may already have
    // compared the wake position. They need only a few more instructions; checking again soon costs less than a fence on each write.
    private static readonly TimeSpan MidWriteInterval = TimeSpan.FromMilliseconds(1);

    private readonly ByteRing _ring;
    private readonly int _threshold;
    private readonly ITimer _timer;

    // The tail position that wakes the reader. Written by the reader before it waits, and by the thread that ends the wait.
    private PaddedLong _wakeAt = new() { Value = Never };

    // One of the states above; changed with interlocked operations only. The thread that changes Waiting to Idle completes the wait, and no
    // other thread does.
    private int _state;

    // Continuations run asynchronously, so that a writer never runs the reader.
    private ManualResetValueTaskSourceCore<bool> _wait = new() { RunContinuationsAsynchronously = true };

    // Accessed only by the reader.
    private CancellationTokenRegistration _cancelling;

    /// <summary>Initializes a new instance of the <see cref="RingReaderWait"/> class.</summary>
    /// <param name="ring">The ring.</param>
    /// <param name="threshold">The number of used bytes that wakes the reader before its interval ends.</param>
    /// <param name="time">The clock for the intervals.</param>
    internal RingReaderWait(ByteRing ring, int threshold, TimeProvider time)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threshold);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(threshold, ring.Capacity);
        _ring = ring;
        _threshold = threshold;
        _timer = CreateTimer(time);
    }

    /// <summary>
    /// Wakes the reader if the record reaches the wake position. Called by a writer after it published or abandoned a record.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Written(in RingClaim claim)
    {
        // This read relies on the full fence of the exchange that moved the tail.
        if (claim.End >= Volatile.Read(ref _wakeAt.Value))
        {
            EndWait(null);
        }
    }

    /// <summary>Wakes the reader now, or makes its next wait end at once.</summary>
    /// <remarks>Called if a writer finds the ring full, on a flush, and on close.</remarks>
    internal void Wake()
    {
        // Orders the caller's earlier stores before the read of the state. The reader changes the state before it reads what the caller
        // stored.
        Interlocked.MemoryBarrier();
        while (true)
        {
            switch (Volatile.Read(ref _state))
            {
                // Cheap to repeat, because every writer calls this while the ring is full.
                case Woken:
                case Waiting when EndWait(null):
                case Idle when Interlocked.CompareExchange(ref _state, Woken, Idle) == Idle:
                    return;
                default:
                    // The state changed between the read and the exchange; retry.
                    continue;
            }
        }
    }

    /// <summary>Waits until the threshold of used bytes is reached, the interval ends, or another thread wakes the reader.</summary>
    /// <remarks>Called only by the reader, after it released the records it read.</remarks>
    /// <param name="interval">The longest wait, or <see cref="Timeout.InfiniteTimeSpan"/>.</param>
    /// <param name="cancellationToken">Ends the wait with <see cref="OperationCanceledException"/>.</param>
    /// <param name="heedsThreshold">Whether used bytes end the wait. A reader that deliberately leaves bytes in the ring passes
    /// <see langword="false"/>; otherwise it would never wait.</param>
    /// <returns>The wait, which must be awaited once, before the next call.</returns>
    internal ValueTask WaitAsync(TimeSpan interval, CancellationToken cancellationToken, bool heedsThreshold = true)
    {
        _wait.Reset();
        long head = _ring.Head;
        Volatile.Write(ref _wakeAt.Value, heedsThreshold ? head + _threshold : Never);

        // A full fence between storing the wake position and reading the tail below.
        if (Interlocked.CompareExchange(ref _state, Waiting, Idle) == Woken)
        {
            Volatile.Write(ref _wakeAt.Value, Never);

            // A full fence: the reader's later reads see everything stored before the wake-up that is consumed here.
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

        _cancelling = cancellationToken.UnsafeRegister(
            static (state, token) => ((RingReaderWait)state!).EndWait(new OperationCanceledException(token)), this);
        return new ValueTask(this, _wait.Version);
    }

    public void Dispose() => _timer.Dispose();

    void IValueTaskSource.GetResult(short token)
    {
        // Waits for a cancellation that is running on another thread, so that it cannot end the next wait.
        _cancelling.Dispose();
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

        // Before the completion, and therefore before the reader can wait again and store a new position.
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
        // Otherwise the timer would capture the execution context of its creator, such as a request's.
        if (ExecutionContext.IsFlowSuppressed())
        {
            return Create();
        }

        using (ExecutionContext.SuppressFlow())
        {
            return Create();
        }

        ITimer Create() =>
            time.CreateTimer(
                static state => ((RingReaderWait)state!).EndWait(null), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }
}
