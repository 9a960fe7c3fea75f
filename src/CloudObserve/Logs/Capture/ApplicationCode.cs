using System.Runtime.CompilerServices;

namespace CloudObserve.Logs.Capture;

/// <summary>Calls code of the application that gives a text, and takes a marker in its place when it throws.</summary>
internal static class ApplicationCode
{
    /// <summary>Gets a text.</summary>
    /// <param name="writer">Remembers what was thrown.</param>
    /// <param name="source">What the text is asked of.</param>
    /// <param name="read">Asks for it.</param>
    internal static string? Text<T>(RecordWriter writer, T source, Func<T, string?> read)
    {
        try
        {
            RuntimeHelpers.EnsureSufficientExecutionStack();
            return read(source);
        }
        catch (Exception exception)
        {
            // Any exception: an override of the application's may throw one of any type.
            return writer.Failed(exception);
        }
    }
}
