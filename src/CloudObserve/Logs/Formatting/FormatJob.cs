using System.Buffers;
using CloudObserve.Logs.Capture;

namespace CloudObserve.Logs.Formatting;

/// <summary>Some events for a formatter of the application's: copies of their records, and what it made of them.</summary>
/// <threadsafety>
/// The reader fills it, then one other thread runs it. An event's outcome may be read by the reader as soon as <see cref="Done"/> counts it: nothing of it
/// changes afterwards. A job that was given up is not used again, since the formatter may still be writing to it.
/// </threadsafety>
internal sealed class FormatJob
{
    /// <summary>How many events are handed over at once; it bounds what they may become together.</summary>
    internal const int MaxEvents = 16;

    /// <summary>The most that a formatter may write for one event: far more than an event may have, and too little to use up the memory.</summary>
    internal const int MaxEventBytes = 8 * EventShortener.MaxEventBytes;

    private readonly Utf8Buffer _records = new();
    private readonly Utf8Buffer _texts = new();
    private readonly int[] _recordEnds = new int[MaxEvents];
    private readonly int[] _textEnds = new int[MaxEvents];
    private readonly Exception?[] _faults = new Exception?[MaxEvents];
    private volatile int _done;
    private volatile bool _isGivenUp;
    private volatile bool _hasEnded;

    /// <summary>Gets how many events it holds.</summary>
    internal int Count { get; private set; }

    /// <summary>Gets how many events the formatter has dealt with.</summary>
    internal int Done => _done;

    /// <summary>Gets whether the formatter is no longer at it.</summary>
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

    /// <summary>Gets what the formatter wrote for an event it has dealt with.</summary>
    internal ReadOnlySpan<byte> Text(int index) => Part(_texts, _textEnds, index);

    /// <summary>Gets what it threw instead.</summary>
    internal Exception? Fault(int index) => _faults[index];

    /// <summary>Asks that no further event be handed to the formatter.</summary>
    internal void GiveUp() => _isGivenUp = true;

    internal void Run(ILogEventFormatter formatter, TextTable texts)
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
                // Any exception: the formatter is the application's. It costs this event, and only this one.
                output.TakeBack();
                _faults[i] = exception;
            }

            _textEnds[i] = _texts.Length;

            // Release: who sees the event counted sees its text.
            _done = i + 1;
        }

        _hasEnded = true;
    }

    private static ReadOnlySpan<byte> Part(Utf8Buffer buffer, int[] ends, int index)
    {
        int start = index == 0 ? 0 : ends[index - 1];
        return buffer.Written[start..ends[index]];
    }

    // Lets a formatter write so much and no more: one that never stops is to fail.
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
