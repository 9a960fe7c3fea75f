using CloudObserve.Logs.Capture;

namespace CloudObserve.Logs;

/// <summary>Represents the inner exceptions of an exception.</summary>
/// <remarks>Valid as long as their event. Enumeration with <c>foreach</c> allocates nothing.</remarks>
public readonly ref struct LogExceptions
{
    private readonly ReadOnlySpan<byte> _record;
    private readonly int _start;
    private readonly InternTable _texts;

    internal LogExceptions(ReadOnlySpan<byte> record, int start, int count, InternTable texts)
    {
        _texts = texts;
        _record = record;
        _start = start;
        Count = count;
    }

    /// <summary>Gets the number of exceptions.</summary>
    public int Count { get; }

    /// <summary>Returns an enumerator.</summary>
    /// <returns>The enumerator.</returns>
    public Enumerator GetEnumerator() => new(this);

    /// <summary>Enumerates the exceptions.</summary>
    public ref struct Enumerator
    {
        private readonly LogExceptions _exceptions;
        private int _index;
        private int _position;

        internal Enumerator(LogExceptions exceptions)
        {
            _exceptions = exceptions;
            _index = -1;
            _position = exceptions._start;
        }

        /// <summary>Gets the current exception.</summary>
        public LogExceptionInfo Current { get; private set; }

        /// <summary>Moves to the next exception.</summary>
        /// <returns><see langword="false"/> if there is no further exception.</returns>
        public bool MoveNext()
        {
            if (++_index >= _exceptions.Count)
            {
                return false;
            }

            Current = LogExceptionInfo.Read(_exceptions._record, ref _position, _exceptions._texts);
            return true;
        }
    }
}
