using CloudObserve.LogEvents.Text;

namespace CloudObserve.Logs.Formatting;

/// <summary>Holds memory in which a thread that reads events renders pieces of text.</summary>
/// <threadsafety>Belongs to one thread.</threadsafety>
internal static class ReaderThread
{
    [ThreadStatic]
    private static Utf8Buffer? _buffer;

    internal static Utf8Buffer Buffer => _buffer ??= new Utf8Buffer();
}
