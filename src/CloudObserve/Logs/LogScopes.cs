using CloudObserve.Logs.Capture;

namespace CloudObserve.Logs;

/// <summary>Represents the scopes of a log event, the outermost first.</summary>
/// <remarks>Valid as long as their event. Enumeration with <c>foreach</c> allocates nothing.</remarks>
public readonly ref struct LogScopes
{
    private readonly ReadOnlySpan<byte> _record;
    private readonly int _start;
    private readonly InternTable _texts;

    internal LogScopes(ReadOnlySpan<byte> record, int start, int count, InternTable texts)
    {
        _record = record;
        _start = start;
        _texts = texts;
        Count = count;
    }

    /// <summary>Gets the number of scopes.</summary>
    public int Count { get; }

    /// <summary>Returns an enumerator.</summary>
    /// <returns>The enumerator.</returns>
    public Enumerator GetEnumerator() => new(this);

    /// <summary>Enumerates the scopes.</summary>
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

        /// <summary>Gets the current scope.</summary>
        public LogScope Current { get; private set; }

        /// <summary>Moves to the next scope.</summary>
        /// <returns><see langword="false"/> if there is no further scope.</returns>
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
