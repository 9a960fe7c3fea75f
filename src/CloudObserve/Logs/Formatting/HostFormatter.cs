using CloudObserve.Logs.Capture;

namespace CloudObserve.Logs.Formatting;

/// <summary>Runs a formatter of the application on a dedicated thread.</summary>
/// <remarks>
/// If it hangs, the reader, flushes and the shutdown continue. Events are passed in small batches, because a thread switch costs more than
/// formatting. If an event takes longer than <see cref="Timeout"/>, the call is abandoned. The formatter is not called again until it has
/// returned, because it must be called by one thread at a time.
/// </remarks>
/// <threadsafety>
/// Not safe for concurrent use; it belongs to the reader. The thread that it starts accesses only its current job.
/// </threadsafety>
internal sealed class HostFormatter : IDisposable
{
    /// <summary>The time limit for one event.</summary>
    /// <remarks>Exceeding it is detected after at most twice this time.</remarks>
    internal static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    private readonly ILogEventFormatter _formatter;
    private readonly InternTable _texts;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;

    // Neither is disposed: the thread may be in the application's code for an unlimited time, and uses them when it returns.
    private readonly AutoResetEvent _handed = new(false);
    private readonly ManualResetEventSlim _wake = new(false);
    private Thread? _thread;
    private FormatJob _job = new();
    private FormatJob? _givenUp;
    private volatile FormatJob? _next;
    private volatile bool _isStopped;

    internal HostFormatter(ILogEventFormatter formatter, InternTable texts, TimeProvider time)
    {
        _formatter = formatter;
        _texts = texts;
        _time = time;
        _timer = time.CreateTimer(
            static state => ((ManualResetEventSlim)state!).Set(), _wake, System.Threading.Timeout.InfiniteTimeSpan,
            System.Threading.Timeout.InfiniteTimeSpan);
    }

    /// <summary>Gets the formatter's name for messages.</summary>
    internal string Name => _formatter.GetType().Name;

    /// <summary>Gets the job to fill.</summary>
    /// <remarks>It is empty unless it has been filled since the last run.</remarks>
    internal FormatJob Job => _job;

    /// <summary>Runs the formatter on the job and waits for it, within the time limit.</summary>
    /// <returns>The job. Its first <see cref="FormatJob.Done"/> events are finished.</returns>
    /// <param name="isHanging">
    /// Whether the formatter hangs in the event after those. If not, it was not called for that event, because it still hangs in an earlier
    /// one.
    /// </param>
    internal FormatJob Run(out bool isHanging)
    {
        FormatJob job = _job;
        isHanging = false;
        if (_givenUp is { HasEnded: false } || _isStopped)
        {
            return job;
        }

        _givenUp = null;
        HandOver(job);
        if (!HasEndedInTime(job))
        {
            job.GiveUp();
            _givenUp = job;

            // The formatter may still write to the old job at any time.
            _job = new FormatJob();
            isHanging = true;
        }

        return job;
    }

    /// <summary>Ends the thread as soon as the formatter returns.</summary>
    public void Dispose()
    {
        _isStopped = true;
        _timer.Dispose();
        _ = _handed.Set();
    }

    private void HandOver(FormatJob job)
    {
        _wake.Reset();
        _next = job;
        if (_thread is null)
        {
            _thread = new Thread(Work) { IsBackground = true, Name = "CloudObserve log formatter" };

            // Unsafe start: without the execution context of the reading thread.
            _thread.UnsafeStart();
        }

        _ = _handed.Set();
    }

    private void Work()
    {
        while (_handed.WaitOne() && !_isStopped)
        {
            _next!.Run(_formatter, _texts);
            _wake.Set();
        }
    }

    private bool HasEndedInTime(FormatJob job)
    {
        int done = 0;
        long since = _time.GetTimestamp();
        TimeSpan left = Timeout;
        while (true)
        {
            _ = _timer.Change(left, System.Threading.Timeout.InfiniteTimeSpan);
            _wake.Wait();
            _wake.Reset();
            if (job.HasEnded)
            {
                _ = _timer.Change(System.Threading.Timeout.InfiniteTimeSpan, System.Threading.Timeout.InfiniteTimeSpan);
                return true;
            }

            if (job.Done != done)
            {
                done = job.Done;
                since = _time.GetTimestamp();
            }

            left = Timeout - _time.GetElapsedTime(since);
            if (left <= TimeSpan.Zero)
            {
                return false;
            }
        }
    }
}
