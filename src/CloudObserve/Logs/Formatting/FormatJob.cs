using System.Buffers;
using CloudObserve.LogEvents.Text;
using CloudObserve.Logs.Capture;

namespace CloudObserve.Logs.Formatting;

/// <summary>Holds a batch of events for a formatter of the application: copies of their records, and the formatter's output.</summary>
/// <threadsafety>
/// The reader fills it, then one other thread runs it. The reader may read the result of an event as soon as <see cref="Done"/> counts it;
/// it does not change after that. An abandoned job is never used again, because the formatter may still be writing to it.
/// </threadsafety>
internal sealed class FormatJob
{
    /// <summary>The number of events in one job.</summary>
    /// <remarks>It also limits the total size of their output.</remarks>
    internal const int MaxEvents = 16;

    /// <summary>
    /// The limit on a formatter's output for one event, in bytes: far more than an event may have, but too little to exhaust the memory.
    /// </summary>
    internal const int MaxEventBytes = 8 * EventShortener.MaxEventBytes;

    private readonly Utf8Buffer _records = new();
    private readonly Utf8Buffer _texts = new();
    private readonly int[] _recordEnds = new int[MaxEvents];
    private readonly int[] _textEnds = new int[MaxEvents];
    private readonly Exception?[] _faults = new Exception?[MaxEvents];
    private volatile int _done;
    private volatile bool _isGivenUp;
    private volatile bool _hasEnded;

    /// <summary>Gets the number of events in the job.</summary>
    internal int Count { get; private set; }

    /// <summary>Gets the number of events that the formatter has finished.</summary>
    internal int Done => _done;

    /// <summary>Gets whether the formatter has ended its work on the job.</summary>
    internal bool HasEnded => _hasEnded;

    internal void Clear()
    {
        _records.Trim();
        _texts.Trim();
        Array.Clear(_faults);
        Count = 0;
        _done = 0;
        _hasEnded = false;
    }

    internal void Add(ReadOnlySpan<byte> record)
    {
        _records.Append(record);
        _recordEnds[Count++] = _records.Length;
    }

    internal ReadOnlySpan<byte> Record(int index) => Part(_records, _recordEnds, index);

    /// <summary>Returns the output for a finished event.</summary>
    internal ReadOnlySpan<byte> Text(int index) => Part(_texts, _textEnds, index);

    /// <summary>Returns the exception for a finished event, if the formatter threw.</summary>
    internal Exception? Fault(int index) => _faults[index];

    /// <summary>Requests that the formatter is not called for further events.</summary>
    internal void GiveUp() => _isGivenUp = true;

    internal void Run(ILogEventFormatter formatter, InternTable texts)
    {
        LimitedOutput output = new(_texts);
        for (int i = 0; i < Count && !_isGivenUp; i++)
        {
            output.Begin();
            try
            {
                LogEvent logEvent = new(Record(i), texts);
                formatter.Format(in logEvent, output);
            }
            catch (Exception exception)
            {
                // Any exception: the formatter is the application's. Only this event is lost.
                output.TakeBack();
                _faults[i] = exception;
            }

            _textEnds[i] = _texts.Length;

            // Release: a thread that sees the event counted also sees its text.
            _done = i + 1;
        }

        _hasEnded = true;
    }

    private static ReadOnlySpan<byte> Part(Utf8Buffer buffer, int[] ends, int index)
    {
        int start = index == 0 ? 0 : ends[index - 1];
        return buffer.Written[start..ends[index]];
    }

    // Limits the output, so that a formatter that never stops writing fails.
    private sealed class LimitedOutput(Utf8Buffer buffer) : IBufferWriter<byte>
    {
        private int _start;

        public void Advance(int count)
        {
            Check(count);
            buffer.Advance(count);
        }

        public Memory<byte> GetMemory(int sizeHint = 0)
        {
            Check(sizeHint);
            return buffer.GetMemory(sizeHint);
        }

        public Span<byte> GetSpan(int sizeHint = 0)
        {
            Check(sizeHint);
            return buffer.GetSpan(sizeHint);
        }

        internal void Begin() => _start = buffer.Length;

        internal void TakeBack() => buffer.CutTo(_start);

        private void Check(int more)
        {
            if (more > MaxEventBytes - (buffer.Length - _start))
            {
                throw new InvalidOperationException($"A formatter may write at most {MaxEventBytes} bytes for one event.");
            }
        }
    }
}
