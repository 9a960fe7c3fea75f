namespace CloudObserve.Logs.Capture;

/// <summary>Holds the memory in which one thread captures.</summary>
/// <remarks>A log call during a capture, for example from a <c>ToString</c> that logs, gets its own memory.</remarks>
/// <threadsafety>Belongs to one thread.</threadsafety>
internal sealed class CaptureThread
{
    /// <summary>The largest nesting of log calls.</summary>
    /// <remarks>A <c>ToString</c> that logs its own object would otherwise never end.</remarks>
    internal const int MaxDepth = 4;

    [ThreadStatic]
    private static CaptureThread? _current;

    private readonly RecordWriter?[] _writers = new RecordWriter?[MaxDepth];
    private int _depth;

    internal static CaptureThread Current => _current ??= new CaptureThread();

    /// <summary>Returns the memory for one call, or <see langword="null"/> if too many calls are nested.</summary>
    /// <remarks>The caller must call <see cref="Return"/>.</remarks>
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
