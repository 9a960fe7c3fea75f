using CloudObserve.Logs.Capture;

namespace CloudObserve.Logs;

/// <summary>The exceptions inside another one.</summary>
/// <remarks>Valid as long as the event they come from. Enumerated with <c>foreach</c>, without allocating.</remarks>
public readonly ref struct LogExceptions
{
    private readonly ReadOnlySpan<byte> _record;
    private readonly int _start;
    private readonly TextTable _texts;

    internal LogExceptions(ReadOnlySpan<byte> record, int start, int count, TextTable texts)
    {
        _texts = texts;
        _record = record;
        _start = start;
        Count = count;
    }

    /// <summary>Gets the number of exceptions.</summary>
    public int Count { get; }

    /// <summary>Starts an enumeration.</summary>
    /// <returns>The enumerator.</returns>
    public Enumerator GetEnumerator() => new(this);

    /// <summary>Goes through the exceptions.</summary>
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

        /// <summary>Gets the exception at the current place.</summary>
        public LogExceptionInfo Current { get; private set; }

        /// <summary>Moves to the next exception.</summary>
        /// <returns><see langword="false"/> when there is none.</returns>
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
