using CloudObserve.Logs.Capture;

namespace CloudObserve.Logs;

/// <summary>The scopes a log event was written in, the outermost first.</summary>
/// <remarks>Valid as long as the event they come from. Enumerated with <c>foreach</c>, without allocating.</remarks>
public readonly ref struct LogScopes
{
    private readonly ReadOnlySpan<byte> _record;
    private readonly int _start;
    private readonly TextTable _texts;

    internal LogScopes(ReadOnlySpan<byte> record, int start, int count, TextTable texts)
    {
        _record = record;
        _start = start;
        _texts = texts;
        Count = count;
    }

    /// <summary>Gets the number of scopes.</summary>
    public int Count { get; }

    /// <summary>Starts an enumeration.</summary>
    /// <returns>The enumerator.</returns>
    public Enumerator GetEnumerator() => new(this);

    /// <summary>Goes through the scopes.</summary>
    public ref struct Enumerator
    {
        private readonly LogScopes _scopes;
        private int _index;
        private int _position;

        internal Enumerator(LogScopes scopes)
        {
            _scopes = scopes;
            _index = -1;
            _position = scopes._start;
        }

        /// <summary>Gets the scope at the current place.</summary>
        public LogScope Current { get; private set; }

        /// <summary>Moves to the next scope.</summary>
        /// <returns><see langword="false"/> when there is none.</returns>
        public bool MoveNext()
        {
            if (++_index >= _scopes.Count)
            {
                return false;
            }

            Current = LogScope.Read(_scopes._record, ref _position, _scopes._texts);
            return true;
        }
    }
}
