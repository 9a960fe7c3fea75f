using Microsoft.Extensions.Logging;

namespace CloudObserve.Logs.Capture;

/// <summary>Tells whether a message is what the logging framework makes of template and values, so that it need not be made at the call.</summary>
/// <remarks>
/// The framework's own states are such, unless a decorator passes them on with a formatter of its own. The check is made once for each
/// formatter and remembered by reference, because the framework always passes the same one.
/// </remarks>
/// <threadsafety>Safe for concurrent use: the worst a race does is to check again.</threadsafety>
internal static class StandardFormatter<TState>
{
    private static readonly bool IsStandardState = typeof(TState).IsValueType && typeof(TState).Assembly == typeof(ILogger).Assembly;

    private static Delegate? _known;

    internal static bool Is(Delegate formatter) => IsStandardState && (ReferenceEquals(formatter, _known) || IsNew(formatter));

    // A lambda's target is an instance of a class beside it, even if it captures nothing; a static method's is nothing.
    private static bool IsNew(Delegate formatter)
    {
        bool standard = formatter.Target is null || formatter.Target.GetType().Assembly == typeof(ILogger).Assembly;
        if (standard)
        {
            _known = formatter;
        }

        return standard;
    }
}
