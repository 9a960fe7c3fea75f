using CloudObserve.Logs.Capture;

namespace CloudObserve.Logs.Formatting;

/// <summary>Runs a formatter of the application's on a thread of its own, so that one that hangs stops neither the reader nor a flush nor the shutdown.</summary>
/// <remarks>
/// Events are handed over some at a time, because changing threads costs more than formatting. When an event takes longer than <see cref="Timeout"/>, the call
/// is given up. The formatter is not called again before it has returned from it, since it is promised to be called by one thread at a time.
/// </remarks>
/// <threadsafety>Not safe for concurrent use: it belongs to the reader. The thread it starts touches only the job it was handed.</threadsafety>
internal sealed class HostFormatter : IDisposable
{
    /// <summary>How long the formatter may take for one event. It is noticed after at most twice as long.</summary>
    internal static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    private readonly ILogEventFormatter _formatter;
    private readonly TextTable _texts;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;

    // Neither is disposed of: the thread may be in the application's code for ever, and would meet it when it comes back.
    private readonly AutoResetEvent _handed = new(false);
    private readonly ManualResetEventSlim _wake = new(false);
    private Thread? _thread;
    private FormatJob _job = new();
    private FormatJob? _givenUp;
    private volatile FormatJob? _next;
    private volatile bool _isStopped;

    internal HostFormatter(ILogEventFormatter formatter, TextTable texts, TimeProvider time)
    {
        _formatter = formatter;
        _texts = texts;
        _time = time;
        _timer = time.CreateTimer(static state => ((ManualResetEventSlim)state!).Set(), _wake, System.Threading.Timeout.InfiniteTimeSpan, System.Threading.Timeout.InfiniteTimeSpan);
    }

    /// <summary>Gets the formatter's name for messages.</summary>
    internal string Name => _formatter.GetType().Name;

    /// <summary>Takes the job to fill: empty unless it has been filled since the last run.</summary>
    internal FormatJob Job => _job;

    /// <summary>Lets the formatter work on the job, and waits for it, but not for ever.</summary>
    /// <returns>The job. Its first events, up to <see cref="FormatJob.Done"/>, have been dealt with.</returns>
    /// <param name="isHanging">Whether the formatter hangs in the event behind those. Otherwise it was not called for it, because it hangs in an earlier one.</param>
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

            // The formatter may write to the old one at any time.
            _job = new FormatJob();
            isHanging = true;
        }

        return job;
    }

    /// <summary>Ends the thread, as soon as the formatter lets it.</summary>
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

            // Without the context of whoever happens to read.
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
