using Microsoft.Extensions.Logging;

namespace CloudObserve.Logs.Capture;

/// <summary>
/// Determines whether the logging framework's formatter creates a message from template and values, so that it need not be created at the
/// call.
/// </summary>
/// <remarks>
/// This is so for the framework's own states, unless a decorator passes them on with a different formatter. The result is cached by
/// reference for each formatter, because the framework always passes the same one.
/// </remarks>
/// <threadsafety>Safe for concurrent use: in a race the check is repeated, with the same result.</threadsafety>
internal static class StandardFormatter<TState>
{
    private static readonly bool IsStandardState = typeof(TState).IsValueType && typeof(TState).Assembly == typeof(ILogger).Assembly;

    private static Delegate? _known;

    internal static bool Is(Delegate formatter) => IsStandardState && (ReferenceEquals(formatter, _known) || IsNew(formatter));

    // The target of a lambda is an instance of a compiler-generated class, even if the lambda captures nothing. The target of a static
    // method is null.
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
