namespace CloudObserve.Logs.Capture;

/// <summary>The memory one thread captures in. A call that logs while it is being captured (a <c>ToString</c> that logs) gets memory of its own.</summary>
/// <threadsafety>Belongs to one thread.</threadsafety>
internal sealed class CaptureThread
{
    /// <summary>How many log calls may be under way within each other. A <c>ToString</c> that logs its own object would have no end.</summary>
    internal const int MaxDepth = 4;

    [ThreadStatic]
    private static CaptureThread? _current;

    private readonly RecordWriter?[] _writers = new RecordWriter?[MaxDepth];
    private int _depth;

    internal static CaptureThread Current => _current ??= new CaptureThread();

    /// <summary>Takes memory for one call; <see langword="null"/> when too many are under way. Whoever takes calls <see cref="Return"/>.</summary>
    internal RecordWriter? Take()
    {
        if (_depth == MaxDepth)
        {
            return null;
        }

        int mine = _depth++;
        return _writers[mine] ??= new RecordWriter();
    }

    internal void Return() => _writers[--_depth]!.Reset();
}
